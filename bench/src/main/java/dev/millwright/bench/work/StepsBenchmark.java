package dev.millwright.bench.work;

import dev.millwright.bench.measure.Figure;
import dev.millwright.bench.measure.Samples;
import dev.millwright.bench.measure.Unit;
import dev.millwright.bench.server.Finishes;
import dev.millwright.bench.server.Hook;
import dev.millwright.bench.server.Pipelines;
import dev.millwright.bench.server.ServerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Whole runs of trivial steps: from the moment before the client sends the webhook until it is
/// told over the live stream that the run has ended.
final class StepsBenchmark implements Benchmark {
    private static final int SEQUENCE = 10;
    private static final int PARALLEL = 20;
    private static final double SEQUENCE_GOAL = 60;
    private static final double PARALLEL_GOAL = 80;

    @Override
    public String name() {
        return "steps";
    }

    @Override
    public List<Figure> run(Bench bench) throws IOException, InterruptedException {
        int warmUp = bench.size(40, 3);
        int count = bench.size(20, 5);
        bench.say("the floors");
        Samples sequenceFloor = bench.floors().sequence(SEQUENCE);
        Samples parallelFloor = bench.floors().parallel(PARALLEL);
        List<Figure> figures = new ArrayList<>();
        try (ServerProcess server = bench.newHome().start();
                Hook hook = new Hook(server.address());
                Finishes finishes = Finishes.follow(server)) {
            server.apply(Pipelines.sequence("one", 1));
            server.apply(Pipelines.sequence("sequence", SEQUENCE));
            server.apply(Pipelines.sequence("double-sequence", 2 * SEQUENCE));
            server.apply(Pipelines.parallel("parallel", PARALLEL));
            server.apply(Pipelines.parallel("double-parallel", 2 * PARALLEL));
            bench.say("runs of 1 to %d steps".formatted(2 * PARALLEL));
            figures.add(figure("1 step", runs(hook, finishes, "one", warmUp, count)));
            figures.add(
                    figure(
                                    SEQUENCE + " sequential steps",
                                    runs(hook, finishes, "sequence", warmUp, count))
                            .goal(bench.slower(SEQUENCE_GOAL))
                            .floor(SEQUENCE + " spawns", sequenceFloor.median()));
            figures.add(
                    figure(
                                    2 * SEQUENCE + " sequential steps",
                                    runs(hook, finishes, "double-sequence", 2, count))
                            .goal(bench.slower(2 * SEQUENCE_GOAL))
                            .floor(2 * SEQUENCE + " spawns", 2 * sequenceFloor.median()));
            figures.add(
                    figure(
                                    PARALLEL + " parallel steps",
                                    runs(hook, finishes, "parallel", warmUp, count))
                            .goal(bench.slower(PARALLEL_GOAL))
                            .floor(PARALLEL + " spawns", parallelFloor.median()));
            figures.add(
                    figure(
                                    2 * PARALLEL + " parallel steps",
                                    runs(hook, finishes, "double-parallel", 2, count))
                            .goal(bench.slower(2 * PARALLEL_GOAL))
                            .floor(2 * PARALLEL + " spawns", 2 * parallelFloor.median()));
        }
        return figures;
    }

    private static Figure figure(String steps, Samples samples) {
        return Figure.of(steps + " `true`, whole run", Unit.MILLIS, samples, 90);
    }

    private static Samples runs(
            Hook hook, Finishes finishes, String pipeline, int warmUp, int count)
            throws InterruptedException {
        Samples samples = new Samples();
        Samples ignored = new Samples();
        for (int i = 0; i < warmUp + count; i++) {
            Samples into = i < warmUp ? ignored : samples;
            into.time(() -> finishes.await(hook.send(pipeline).run()));
        }
        return samples;
    }
}
