package dev.millwright.bench.work;

import dev.millwright.bench.floor.OpenDatabase;
import dev.millwright.bench.measure.Figure;
import dev.millwright.bench.measure.Samples;
import dev.millwright.bench.measure.Unit;
import dev.millwright.bench.server.ServerHome;
import dev.millwright.bench.server.ServerProcess;
import java.io.IOException;
import java.util.List;

/// How long it takes from the command `./millwright server` to the first answer that says "ready".
final class StartBenchmark implements Benchmark {
    @Override
    public String name() {
        return "start";
    }

    @Override
    public List<Figure> run(Bench bench) throws IOException, InterruptedException {
        int count = bench.size(5, 2);
        Samples empty = new Samples();
        Samples existing = new Samples();
        Samples emptyFloor = new Samples();
        Samples existingFloor = new Samples();
        // The floors in between, so that both see the same machine
        for (int i = 0; i < count; i++) {
            bench.say("start %d of %d".formatted(i + 1, count));
            ServerHome home = bench.newHome();
            empty.add(startAndStop(home));
            existing.add(startAndStop(home));
            ServerHome floor = bench.newHome();
            emptyFloor.add(OpenDatabase.inNewProcess(floor.database()));
            existingFloor.add(OpenDatabase.inNewProcess(floor.database()));
        }
        return List.of(
                Figure.of("start -> ready, empty database", Unit.MILLIS, empty, 100)
                        .goal(bench.slower(1200))
                        .floor("JVM, Flyway, database", emptyFloor.median()),
                Figure.of("start -> ready, existing database", Unit.MILLIS, existing, 100)
                        .goal(bench.slower(1200))
                        .floor("JVM, Flyway, database", existingFloor.median()));
    }

    private static double startAndStop(ServerHome home) throws IOException, InterruptedException {
        try (ServerProcess server = home.start()) {
            server.stop();
            return server.startUp().toNanos() / 1e6;
        }
    }
}
