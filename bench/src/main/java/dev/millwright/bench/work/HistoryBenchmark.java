package dev.millwright.bench.work;

import dev.millwright.api.MillwrightClient;
import dev.millwright.api.run.StartRunRequest;
import dev.millwright.bench.history.HistoryCopies;
import dev.millwright.bench.measure.Figure;
import dev.millwright.bench.measure.Samples;
import dev.millwright.bench.measure.Unit;
import dev.millwright.bench.measure.Waiting;
import dev.millwright.bench.server.Pipelines;
import dev.millwright.bench.server.ServerHome;
import dev.millwright.bench.server.ServerProcess;
import dev.millwright.model.RunId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A server with a long history: how long pages of its lists take, near and deep, and whether
/// triggers take longer than on an empty database.
final class HistoryBenchmark implements Benchmark {
    private static final int STEPS = 10;
    private static final double TRIGGER_GOAL = 1.3;

    @Override
    public String name() {
        return "history";
    }

    @Override
    public List<Figure> run(Bench bench) throws IOException, InterruptedException {
        int runs = bench.size(100_000, 2_000);
        List<Figure> figures = new ArrayList<>();
        ServerHome home = bench.newHome();
        List<UUID> templates = templates(home);
        long start = System.nanoTime();
        new HistoryCopies(home.database())
                .make(
                        templates,
                        runs,
                        made -> {
                            if (made % 20_000 == 0) {
                                bench.say("%,d runs of %d steps".formatted(made, STEPS));
                            }
                        });
        bench.say(
                "written in %d s"
                        .formatted(Duration.ofNanos(System.nanoTime() - start).toSeconds()));
        try (ServerProcess server = home.start()) {
            figures.add(
                    Figure.of(
                                    "%,d runs in history: start -> ready".formatted(runs),
                                    Unit.MILLIS,
                                    server.startUp().toNanos() / 1e6)
                            .goal(bench.slower(1200)));
            bench.say("lists");
            HistoryLists lists = new HistoryLists(bench, server.client());
            var _ = lists.measure(bench.size(40, 5));
            figures.addAll(lists.measure(bench.size(400, 20)));
            bench.say("triggers, here and on an empty database");
            Samples full = triggers(bench, server, "full");
            try (ServerProcess other = bench.newHome().start()) {
                Samples empty = triggers(bench, other, "empty");
                figures.add(
                        Figure.of(
                                        "webhook sent -> first command, to that of an empty database",
                                        Unit.TIMES,
                                        full.median() / empty.median())
                                .goal(TRIGGER_GOAL));
            }
        }
        return figures;
    }

    private static Samples triggers(Bench bench, ServerProcess server, String folder)
            throws IOException, InterruptedException {
        return TriggerLoad.measure(
                        server,
                        bench.folder().resolve("history-" + folder),
                        bench.size(300, 10),
                        bench.size(100, 20))
                .toCommand();
    }

    /// Real runs to copy: many good ones, and a bad one.
    private static List<UUID> templates(ServerHome home) throws IOException, InterruptedException {
        try (ServerProcess server = home.start()) {
            server.apply(Pipelines.sequence("good", STEPS));
            server.apply(Pipelines.oneStep("bad", "exit 1"));
            List<UUID> runs = new ArrayList<>();
            for (int i = 0; i < 19; i++) {
                runs.add(ended(server.client(), "good"));
            }
            runs.add(ended(server.client(), "bad"));
            server.stop();
            return runs;
        }
    }

    /// Start a run and wait for its end.
    static UUID ended(MillwrightClient client, String pipeline) throws InterruptedException {
        RunId run = client.startRun("default", pipeline, StartRunRequest.of(Map.of())).run();
        Waiting.until(
                "the end of run " + run,
                Duration.ofSeconds(30),
                Duration.ofMillis(10),
                () -> client.run(run).run().status().isFinished());
        return run.value();
    }
}
