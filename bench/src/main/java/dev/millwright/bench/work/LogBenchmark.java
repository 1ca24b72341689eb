package dev.millwright.bench.work;

import dev.millwright.api.ApiException;
import dev.millwright.api.run.LogPage;
import dev.millwright.api.run.LogQuery;
import dev.millwright.bench.measure.BenchException;
import dev.millwright.bench.measure.Figure;
import dev.millwright.bench.measure.Samples;
import dev.millwright.bench.measure.Unit;
import dev.millwright.bench.measure.Waiting;
import dev.millwright.bench.server.Hook;
import dev.millwright.bench.server.Pipelines;
import dev.millwright.bench.server.ServerProcess;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Long logs: from the moment before the webhook is sent until the last line can be read through
/// the API and the log is complete; and how long the last page then takes.
final class LogBenchmark implements Benchmark {
    private static final StepPath STEP = StepPath.ROOT.child(0);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final int MILLION = 1_000_000;
    private static final double GOAL_PER_MILLION = 600;

    @Override
    public String name() {
        return "log";
    }

    @Override
    public List<Figure> run(Bench bench) throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        try (ServerProcess server = bench.newHome().start();
                Hook hook = new Hook(server.address())) {
            for (int lines : List.of(MILLION / 4, MILLION)) {
                figures.add(stored(bench, server, hook, bench.size(lines, lines / 20)));
            }
            figures.add(lastPage(bench, server, hook, bench.size(2 * MILLION, MILLION / 10)));
        }
        return figures;
    }

    private static Figure stored(Bench bench, ServerProcess server, Hook hook, int lines)
            throws InterruptedException {
        double floor = bench.floors().lines(lines).median();
        Samples samples = new Samples();
        for (int i = 0; i <= bench.size(5, 1); i++) {
            bench.say("%,d lines".formatted(lines));
            Samples into = i == 0 ? new Samples() : samples;
            into.time(() -> write(server, hook, lines));
        }
        return Figure.of(
                        "a step that prints %,d lines, until stored".formatted(lines),
                        Unit.MILLIS,
                        samples,
                        100)
                .goal(bench.slower(Math.max(0.25, 1.0 * lines / MILLION) * GOAL_PER_MILLION))
                .floor("`seq` to a file, fsync", floor);
    }

    private static RunId write(ServerProcess server, Hook hook, int lines)
            throws InterruptedException {
        String pipeline = "lines-" + lines;
        server.apply(Pipelines.oneStep(pipeline, "seq " + lines));
        RunId run = RunId.parse(hook.send(pipeline).run());
        Waiting.until(
                "%,d lines".formatted(lines), PATIENCE, PAUSE, () -> isRead(server, run, lines));
        return run;
    }

    private static boolean isRead(ServerProcess server, RunId run, int lines) {
        try {
            LogPage page = server.client().log(run, STEP, LogQuery.FIRST.from(lines).limit(1));
            return page.complete()
                    && page.totalLines() == lines
                    && page.lines().getFirst().text().equals(Integer.toString(lines));
        } catch (ApiException notYet) {
            return false;
        }
    }

    private static Figure lastPage(Bench bench, ServerProcess server, Hook hook, int lines)
            throws InterruptedException {
        bench.say("the last page of %,d lines".formatted(lines));
        RunId run = write(server, hook, lines);
        Samples samples = new Samples();
        for (int i = 0; i < bench.size(100, 10); i++) {
            // Not twice the same: H2 would not look again
            int tail = 500 - i % 2;
            samples.time(() -> {
                LogPage page = server.client().log(run, STEP, LogQuery.tail(tail));
                if (page.lines().getLast().number() != lines) {
                    throw new BenchException("the last page does not end with the last line");
                }
            });
        }
        return Figure.of(
                        "the last page (500 lines) of a log of %,d lines".formatted(lines),
                        Unit.MILLIS,
                        samples,
                        99)
                .goal(bench.slower(20));
    }
}
