package dev.millwright.bench.work;

import dev.millwright.api.Page;
import dev.millwright.api.run.RunQuery;
import dev.millwright.api.run.RunSummary;
import dev.millwright.api.run.Status;
import dev.millwright.api.server.StatsView;
import dev.millwright.bench.measure.BenchException;
import dev.millwright.bench.measure.Figure;
import dev.millwright.bench.measure.Unit;
import dev.millwright.bench.measure.Waiting;
import dev.millwright.bench.server.Hook;
import dev.millwright.bench.server.Pipelines;
import dev.millwright.bench.server.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Many one-step runs queued at once: from the moment before the first webhook is sent to the end
/// of the last run, as the runs' records say.
final class ThroughputBenchmark implements Benchmark {
    private static final double GOAL = 250;
    private static final int CLIENTS = 16;
    private static final int PAGE = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(250);

    @Override
    public String name() {
        return "throughput";
    }

    @Override
    public List<Figure> run(Bench bench) throws IOException, InterruptedException {
        int most = bench.size(1000, 100);
        List<Figure> figures = new ArrayList<>();
        bench.say("the floor");
        double floor = bench.floors().shellsPerSecond(most);
        try (ServerProcess server = bench.newHome().start()) {
            bench.say("%d runs to warm up".formatted(most / 2));
            perSecond(server, "warm-up", most / 2);
            for (int runs : List.of(most / 4, most / 2, most)) {
                bench.say("%d runs".formatted(runs));
                figures.add(
                        Figure.of(
                                        "%,d one-step runs queued at once".formatted(runs),
                                        Unit.PER_SECOND,
                                        perSecond(server, "many-" + runs, runs))
                                .goal(GOAL / bench.slower(1))
                                .floor("spawns", floor));
            }
        }
        return figures;
    }

    private static double perSecond(ServerProcess server, String pipeline, int runs)
            throws InterruptedException {
        server.apply(Pipelines.oneStep(pipeline, "true"));
        Instant start;
        try (Hook hook = new Hook(server.address())) {
            start = Instant.now();
            sendAll(hook, pipeline, runs);
        }
        Waiting.until(
                "the end of %d runs".formatted(runs),
                PATIENCE,
                PAUSE,
                () -> completed(server, pipeline) == runs);
        Duration took = Duration.between(start, lastEnd(server, pipeline));
        return runs * 1e9 / took.toNanos();
    }

    private static void sendAll(Hook hook, String pipeline, int runs) throws InterruptedException {
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<Hook.Sent>> sent = new ArrayList<>();
            for (int i = 0; i < runs; i++) {
                sent.add(clients.submit(() -> hook.send(pipeline)));
            }
            for (Future<Hook.Sent> one : sent) {
                var _ = one.get();
            }
        } catch (ExecutionException failed) {
            throw new BenchException("a webhook failed", failed);
        }
    }

    private static long completed(ServerProcess server, String pipeline) {
        return server.client().stats().pipelines().stream()
                .filter(one -> one.pipeline().equals(pipeline))
                .map(StatsView.Pipeline::runs)
                .mapToLong(StatsView.Counts::completed)
                .sum();
    }

    private static Instant lastEnd(ServerProcess server, String pipeline) {
        Instant last = Instant.EPOCH;
        RunQuery query = RunQuery.ALL.ofPipeline(pipeline).limit(PAGE);
        while (query != null) {
            Page<RunSummary> page = server.client().runs(query);
            for (RunSummary run : page.items()) {
                Instant end = run.finishedAt();
                if (run.status() != Status.SUCCESS || end == null) {
                    throw new BenchException("run %s did not succeed".formatted(run.location()));
                }
                last = end.isAfter(last) ? end : last;
            }
            String next = page.nextCursor();
            query = next == null ? null : query.after(next);
        }
        return last;
    }
}
