package dev.millwright.bench.work;

import dev.millwright.bench.floor.OpenDatabase;
import dev.millwright.bench.measure.BenchException;
import dev.millwright.bench.measure.Figure;
import dev.millwright.bench.measure.Samples;
import dev.millwright.bench.measure.Unit;
import dev.millwright.bench.server.ServerHome;
import dev.millwright.bench.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

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
        Samples newPlugins = new Samples();
        Samples knownPlugins = new Samples();
        Samples emptyFloor = new Samples();
        Samples existingFloor = new Samples();
        // The floors in between, so that both see the same machine
        for (int i = 0; i < count; i++) {
            bench.say("start %d of %d".formatted(i + 1, count));
            ServerHome home = bench.newHome();
            empty.add(startAndStop(home));
            existing.add(startAndStop(home));
            newPlugins.add(startAndStop(withAllPlugins(home)));
            knownPlugins.add(startAndStop(home));
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
                        .floor("JVM, Flyway, database", existingFloor.median()),
                Figure.of(
                        "start -> ready, all plugins for the first time",
                        Unit.MILLIS,
                        newPlugins,
                        100),
                Figure.of("start -> ready, all plugins", Unit.MILLIS, knownPlugins, 100)
                        .goal(bench.slower(1200))
                        .floor("JVM, Flyway, database", existingFloor.median()));
    }

    /// Put all plugins that come with Millwright where the next server looks for them.
    private static ServerHome withAllPlugins(ServerHome home) throws IOException {
        Path folder = Files.createDirectories(home.plugins());
        for (Path plugin : bundled()) {
            Files.copy(plugin, folder.resolve(plugin.getFileName()));
        }
        return home;
    }

    private static List<Path> bundled() throws IOException {
        Path built =
                Path.of(System.getProperty("millwright.launcher", "millwright"))
                        .toAbsolutePath()
                        .resolveSibling("target/dist/plugins");
        return jars(built);
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    private static double startAndStop(ServerHome home) throws IOException, InterruptedException {
        try (ServerProcess server = home.start()) {
            checkPlugins(home, server);
            server.stop();
            return server.startUp().toNanos() / 1e6;
        }
    }

    private static void checkPlugins(ServerHome home, ServerProcess server) throws IOException {
        if (!Files.isDirectory(home.plugins())) {
            return;
        }
        long wanted = jars(home.plugins()).size();
        long loaded =
                server.client().plugins().items().stream()
                        .filter(plugin -> plugin.state().equals("started"))
                        .count();
        if (loaded != wanted) {
            throw new BenchException(
                    "%d of %d plugins are loaded when the server is ready"
                            .formatted(loaded, wanted));
        }
    }
}
