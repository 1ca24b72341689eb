package dev.millwright.bench.work;

import dev.millwright.api.Page;
import dev.millwright.api.run.RunQuery;
import dev.millwright.api.run.RunSummary;
import dev.millwright.api.run.Status;
import dev.millwright.api.server.StatsView;
import dev.millwright.bench.measure.BenchException;
import dev.millwright.bench.measure.Waiting;
import dev.millwright.bench.server.Hook;
import dev.millwright.bench.server.Pipelines;
import dev.millwright.bench.server.ServerProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Many one-step runs of a pipeline, asked for as fast as some clients can.
///
/// @param took from the moment before the first webhook is sent to the end of the last run, as the
///   runs' records say
/// @param refused how often a webhook was answered "try again later"
record Burst(int runs, Duration took, int refused) {
    private static final int CLIENTS = 16;
    private static final int PAGE = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration AGAIN = Duration.ofMillis(100);

    /// Ask for the runs and wait until all of them have succeeded.
    static Burst of(ServerProcess server, String pipeline, int runs) throws InterruptedException {
        server.apply(Pipelines.oneStep(pipeline, "true"));
        Instant start = Instant.now();
        int refused = sendAll(server, pipeline, runs);
        Waiting.until(
                "the end of %d runs".formatted(runs),
                PATIENCE,
                PAUSE,
                () -> completed(server, pipeline) == runs);
        return new Burst(runs, Duration.between(start, lastEnd(server, pipeline)), refused);
    }

    double perSecond() {
        return runs * 1e9 / took.toNanos();
    }

    private static int sendAll(ServerProcess server, String pipeline, int runs)
            throws InterruptedException {
        try (Hook hook = new Hook(server.address());
                ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<Integer>> sent = new ArrayList<>();
            for (int i = 0; i < runs; i++) {
                sent.add(clients.submit(() -> send(hook, pipeline)));
            }
            int refused = 0;
            for (Future<Integer> one : sent) {
                refused += one.get();
            }
            return refused;
        } catch (ExecutionException failed) {
            throw new BenchException("a webhook failed: " + failed.getCause(), failed);
        }
    }

    /// Gives how often the server refused before it took it.
    private static int send(Hook hook, String pipeline) throws InterruptedException {
        int refused = 0;
        while (hook.offer(pipeline).isEmpty()) {
            refused++;
            Thread.sleep(AGAIN);
        }
        return refused;
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
