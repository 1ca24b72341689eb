package dev.millwright.bench.work;

import dev.millwright.api.MillwrightClient;
import dev.millwright.api.Page;
import dev.millwright.api.delivery.DeliveryQuery;
import dev.millwright.api.event.EventQuery;
import dev.millwright.api.run.RunQuery;
import dev.millwright.bench.measure.Figure;
import dev.millwright.bench.measure.Samples;
import dev.millwright.bench.measure.Unit;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;

/// Every list of a server with a long history, near its beginning and deep. No request is like the
/// one before: H2 gives the same answer again without looking as long as nothing has changed.
record HistoryLists(Bench bench, MillwrightClient client) {
    private static final double GOAL = 50;
    private static final List<String> NONE = List.of("timeout", "cancelled");

    /// @param pages how many pages of each list at most
    List<Figure> measure(int pages) throws InterruptedException {
        RunQuery runs = RunQuery.ALL;
        int few = Math.max(5, pages / 10);
        return List.of(
                figure(
                        "first page of runs",
                        repeat(pages, i -> client.runs(runs.limit(50 - i % 2)))),
                figure(
                        "runs, page by page, 500 each",
                        walk(pages, runs.limit(500), RunQuery::after, client::runs)),
                figure(
                        "runs of a pipeline, page by page",
                        walk(pages, runs.ofPipeline("history-7"), RunQuery::after, client::runs)),
                figure(
                        "runs that failed (1 of 20), page by page",
                        walk(pages, runs.withStatus("failure"), RunQuery::after, client::runs)),
                figure(
                        "runs with a status that none has",
                        repeat(few, i -> client.runs(runs.withStatus(NONE.get(i % 2))))),
                figure(
                        "runs of a branch that has none",
                        repeat(few, i -> client.runs(runs.onBranch("none-" + i)))),
                figure(
                        "deliveries, page by page",
                        walk(pages, DeliveryQuery.ALL, DeliveryQuery::after, client::deliveries)),
                figure(
                        "events, pages all over the journal",
                        repeat(pages, i -> client.events(EventQuery.ALL.after(1000L * i)))),
                figure("statistics, each after one more run", statistics(few)));
    }

    private Samples statistics(int count) throws InterruptedException {
        Samples samples = new Samples();
        for (int i = 0; i < count; i++) {
            var _ = HistoryBenchmark.ended(client, "good");
            samples.time(() -> {
                var _ = client.stats();
            });
        }
        return samples;
    }

    private Figure figure(String list, Samples samples) {
        return Figure.of(list, Unit.MILLIS, samples, 95)
                .goal(bench.slower(GOAL), bench.slower(GOAL));
    }

    private static Samples repeat(int count, IntFunction<?> request) throws InterruptedException {
        Samples samples = new Samples();
        for (int i = 0; i < count; i++) {
            int number = i;
            samples.time(() -> {
                var _ = request.apply(number);
            });
        }
        return samples;
    }

    /// From the first page on, as far as the list goes.
    private static <Q, T> Samples walk(
            int pages, Q first, BiFunction<Q, String, Q> after, Function<Q, Page<T>> request)
            throws InterruptedException {
        Samples samples = new Samples();
        Optional<Q> query = Optional.of(first);
        for (int i = 0; i < pages && query.isPresent(); i++) {
            long start = System.nanoTime();
            Page<T> page = request.apply(query.get());
            samples.addNanos(System.nanoTime() - start);
            query = Optional.ofNullable(page.nextCursor()).map(next -> after.apply(first, next));
        }
        return samples;
    }
}
