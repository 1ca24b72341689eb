package dev.millwright.bench.work;

import dev.millwright.bench.floor.Floors;
import dev.millwright.bench.server.AgentProcess;
import dev.millwright.bench.server.Databases;
import dev.millwright.bench.server.ServerHome;
import dev.millwright.bench.server.ServerProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// What benchmarks work with: a folder, servers, floors, sizes. One thread; anybody may close it,
/// which ends every server and deletes its files.
public final class Bench implements AutoCloseable {
    private final Path folder;
    private final Databases databases;
    private final boolean isShort;
    private final boolean isKept;
    private final Floors floors;
    private final PrintStream progress;
    private final List<ServerHome> homes = new CopyOnWriteArrayList<>();
    private final List<AgentProcess> agents = new CopyOnWriteArrayList<>();

    private Bench(
            Path folder,
            Databases databases,
            boolean isShort,
            boolean isKept,
            Floors floors,
            PrintStream progress) {
        this.folder = folder;
        this.databases = databases;
        this.isShort = isShort;
        this.isKept = isKept;
        this.floors = floors;
        this.progress = progress;
    }

    /// Make a folder of its own for everything.
    ///
    /// @param isShort try everything in little time instead of measuring well
    /// @param isKept whether the folder stays when everything is over
    /// @param progress where people see what goes on
    public static Bench create(
            Databases databases, boolean isShort, boolean isKept, PrintStream progress)
            throws IOException {
        Path folder = Files.createTempDirectory("millwright-bench");
        Floors floors = Floors.create(folder.resolve("floor"));
        return new Bench(folder, databases, isShort, isKept, floors, progress);
    }

    public Path folder() {
        return folder;
    }

    public Floors floors() {
        return floors;
    }

    /// How much to do.
    int size(int usual, int whenShort) {
        return isShort ? whenShort : usual;
    }

    /// The goal for this database, from the goal for H2.
    double slower(double goal) {
        return goal * databases.allowance();
    }

    /// A new folder, a new database, and no server yet.
    ServerHome newHome() throws IOException {
        Path place = folder.resolve("server-" + homes.size());
        ServerHome home = ServerHome.create(place, databases);
        homes.add(home);
        return home;
    }

    /// A new agent that has joined that server; see [AgentProcess#awaitOnline].
    AgentProcess newAgent(ServerProcess server, String name, int slots) throws IOException {
        Path place = Files.createDirectories(folder.resolve("agents"));
        AgentProcess agent = AgentProcess.join(server, place, name, slots);
        agents.add(agent);
        return agent;
    }

    void say(String what) {
        progress.println("  " + what);
    }

    @Override
    public void close() {
        agents.forEach(AgentProcess::close);
        homes.forEach(ServerHome::close);
        databases.close();
        if (isKept) {
            progress.println("kept: " + folder);
        } else {
            deleteFolder();
        }
    }

    private void deleteFolder() {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException left) {
            progress.println("not everything in %s could be deleted: %s".formatted(folder, left));
        }
    }
}
