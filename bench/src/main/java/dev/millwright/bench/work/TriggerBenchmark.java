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
            TriggerLoad load = TriggerLoad.measure(server, marks, warmUp, count);
            return List.of(
                    Figure.of(
                                    "webhook sent -> first command runs",
                                    Unit.MILLIS,
                                    load.toCommand(),
                                    99)
                            .goal(bench.slower(10), bench.slower(40))
                            .floor("HTTP, fsync, spawn", rounds.median()),
                    Figure.of("webhook sent -> answer, durable", Unit.MILLIS, load.toAnswer(), 99)
                            .goal(bench.slower(4))
                            .floor("fsync", fsync.median()));
        }
    }
}
