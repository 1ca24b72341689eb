package dev.millwright.bench.work;

import dev.millwright.bench.measure.Figure;
import dev.millwright.bench.measure.Samples;
import dev.millwright.bench.measure.Unit;
import dev.millwright.bench.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// How long it takes from a webhook to the first command of its run, and to its answer, which means
/// that it is on disk.
final class TriggerBenchmark implements Benchmark {
    private static final int MORE = 1500;
    private static final String AFTER = ", after %,d more runs".formatted(MORE);

    @Override
    public String name() {
        return "trigger";
    }

    @Override
    public List<Figure> run(Bench bench) throws IOException, InterruptedException {
        int warmUp = bench.size(300, 20);
        int count = bench.size(200, 30);
        bench.say("the floors");
        Samples rounds = bench.floors().triggers(warmUp / 4, count);
        Samples fsync = bench.floors().fsync();
        bench.say("%d webhooks after %d to warm up".formatted(count, warmUp));
        Path marks = bench.folder().resolve("trigger");
        try (ServerProcess server = bench.newHome().start()) {
            TriggerLoad fresh = TriggerLoad.measure(server, marks, warmUp, count);
            bench.say("%d runs at once, then %d webhooks".formatted(MORE, count));
            var _ = Burst.of(server, "more", bench.size(MORE, MORE / 30));
            TriggerLoad later = TriggerLoad.measure(server, marks, warmUp / 10, count);
            return List.of(
                    command(bench, "", fresh, rounds),
                    answer(bench, "", fresh, fsync),
                    command(bench, AFTER, later, rounds),
                    answer(bench, AFTER, later, fsync));
        }
    }

    private static Figure command(Bench bench, String when, TriggerLoad load, Samples floor) {
        String what = "webhook sent -> first command runs" + when;
        return Figure.of(what, Unit.MILLIS, load.toCommand(), 99)
                .goal(bench.slower(10), bench.slower(40))
                .floor("HTTP, fsync, spawn", floor.median());
    }

    private static Figure answer(Bench bench, String when, TriggerLoad load, Samples floor) {
        String what = "webhook sent -> answer, durable" + when;
        return Figure.of(what, Unit.MILLIS, load.toAnswer(), 99)
                .goal(bench.slower(4))
                .floor("fsync", floor.median());
    }
}
