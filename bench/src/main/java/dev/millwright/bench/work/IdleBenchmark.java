package dev.millwright.bench.work;

import dev.millwright.bench.measure.Figure;
import dev.millwright.bench.measure.Unit;
import dev.millwright.bench.server.ProcessUse;
import dev.millwright.bench.server.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// What a server costs that has nothing to do.
final class IdleBenchmark implements Benchmark {
    @Override
    public String name() {
        return "idle";
    }

    @Override
    public List<Figure> run(Bench bench) throws IOException, InterruptedException {
        Duration settle = Duration.ofSeconds(bench.size(10, 2));
        Duration time = Duration.ofSeconds(bench.size(20, 5));
        try (ServerProcess server = bench.newHome().start()) {
            bench.say("%d s after a start".formatted(settle.plus(time).toSeconds()));
            Thread.sleep(settle);
            double share = ProcessUse.share(server.pid(), time);
            double fresh = ProcessUse.megabytes(server.pid());
            int runs = bench.size(200, 20);
            bench.say("%d runs, and again".formatted(runs));
            TriggerLoad.measure(server, bench.folder().resolve("idle"), 0, runs);
            Thread.sleep(settle);
            return List.of(
                    Figure.of("idle memory of the server (RSS)", Unit.MEGABYTES, fresh).goal(180),
                    Figure.of(
                                    "idle memory after %d runs (RSS)".formatted(runs),
                                    Unit.MEGABYTES,
                                    ProcessUse.megabytes(server.pid()))
                            .goal(180),
                    Figure.of("idle CPU of the server, share of a core", Unit.PERCENT, 100 * share)
                            .goal(2));
        }
    }
}
