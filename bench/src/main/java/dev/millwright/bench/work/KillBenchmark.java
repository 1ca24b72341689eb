package dev.millwright.bench.work;

import dev.millwright.api.ApiException;
import dev.millwright.api.run.Status;
import dev.millwright.bench.measure.Figure;
import dev.millwright.bench.measure.Samples;
import dev.millwright.bench.measure.Unit;
import dev.millwright.bench.measure.Waiting;
import dev.millwright.bench.server.Hook;
import dev.millwright.bench.server.Marks;
import dev.millwright.bench.server.Pipelines;
import dev.millwright.bench.server.ServerHome;
import dev.millwright.bench.server.ServerProcess;
import dev.millwright.model.RunId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `kill -9` while runs are queued and going: how long after the new server's first "ready" the
/// first command of a next step runs, and what becomes of the runs.
final class KillBenchmark implements Benchmark {
    private static final int RUNS = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(20);

    @Override
    public String name() {
        return "kill";
    }

    @Override
    public List<Figure> run(Bench bench) throws IOException, InterruptedException {
        Samples afterReady = new Samples();
        Samples afterStart = new Samples();
        Samples allDone = new Samples();
        Samples bad = new Samples();
        int count = bench.size(5, 1);
        for (int i = 0; i < count; i++) {
            bench.say("kill %d of %d".formatted(i + 1, count));
            Marks marks = Marks.create(bench.folder().resolve("kill-" + i));
            ServerHome home = bench.newHome();
            List<RunId> runs = killInTheMiddle(home, marks);
            Instant restart = Instant.now();
            try (ServerProcess server = home.start()) {
                Waiting.until(
                        "work after a kill",
                        PATIENCE,
                        PAUSE,
                        () -> firstSince(marks, restart).isPresent());
                Instant first = firstSince(marks, restart).orElseThrow();
                Waiting.until(
                        "the end of all runs",
                        PATIENCE,
                        PAUSE,
                        () -> runs.stream().allMatch(run -> status(server, run).isFinished()));
                allDone.add(seconds(server.readyAt(), Instant.now()));
                // Work may go on before the server answers
                afterReady.add(Math.max(0, seconds(server.readyAt(), first)));
                afterStart.add(seconds(restart, first));
                bad.add(notWell(server, runs));
            }
        }
        return List.of(
                Figure.of("kill -9: ready -> first next step", Unit.SECONDS, afterReady, 100)
                        .goal(bench.slower(2), bench.slower(2)),
                Figure.of("kill -9: start -> first next step", Unit.SECONDS, afterStart, 100),
                Figure.of("kill -9: ready -> all runs ended", Unit.SECONDS, allDone, 100),
                Figure.of(
                                "kill -9: of %d runs not ended well, most".formatted(RUNS),
                                Unit.COUNT,
                                bad.most())
                        .goal(0));
    }

    private static List<RunId> killInTheMiddle(ServerHome home, Marks marks)
            throws IOException, InterruptedException {
        List<RunId> runs = new ArrayList<>();
        try (ServerProcess server = home.start();
                Hook hook = new Hook(server.address())) {
            server.apply(
                    Pipelines.pipeline(
                            "killed",
                            List.of(
                                    step("first", marks, "sleep 1"),
                                    step("second", marks, "true"))));
            for (int i = 0; i < RUNS; i++) {
                runs.add(RunId.parse(hook.send("killed").run()));
            }
            Waiting.until("a running step", PATIENCE, PAUSE, () -> !marks.all().isEmpty());
            server.kill();
        }
        return runs;
    }

    private static String step(String name, Marks marks, String command) {
        return Pipelines.step(name, Pipelines.mark(marks.folder(), "-" + name), command);
    }

    private static Optional<Instant> firstSince(Marks marks, Instant time) {
        return marks.all().stream().filter(mark -> mark.isAfter(time)).findFirst();
    }

    private static int notWell(ServerProcess server, List<RunId> runs) {
        return Math.toIntExact(
                runs.stream().filter(run -> status(server, run) != Status.SUCCESS).count());
    }

    private static Status status(ServerProcess server, RunId run) {
        try {
            return server.client().run(run).run().status();
        } catch (ApiException notBegun) {
            // Accepted, and still in the queue
            return Status.PENDING;
        }
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }
}
