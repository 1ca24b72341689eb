package dev.millwright.itest;

import static org.awaitility.Awaitility.await;

import dev.millwright.node.link.JoinOrder;
import dev.millwright.node.program.AgentProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A node agent in a process of its own, which may be killed and started again.
final class ClusterAgent implements AutoCloseable {
    private static final Pattern JOIN =
            Pattern.compile(".*--server (\\S+) --token (\\S+) --ca (\\S+).*");
    private static final Pattern CONNECTED = Pattern.compile("connected to \\S+:(\\d+) as node");

    private final String name;
    private final Path folder;
    private final int slots;
    private Process process;
    private long logStart;

    private ClusterAgent(String name, Path folder, int slots) throws IOException {
        this.name = name;
        this.folder = folder;
        this.slots = slots;
        this.process = launch();
    }

    /// Make a folder a node with the line that a server printed, and start its agent.
    ///
    /// @param folder of all agents; each has its own below
    /// @param line as `millwright node token` prints it
    /// @param slots how many steps it runs at once
    static ClusterAgent join(Path folder, String name, String line, int slots) throws IOException {
        Matcher parts = JOIN.matcher(line.strip());
        if (!parts.matches()) {
            throw new AssertionError(line);
        }
        Path root = Files.createDirectories(folder.resolve(name)).resolve("root");
        String server = parts.group(1);
        var _ =
                AgentProgram.join(
                        root,
                        new JoinOrder(server, parts.group(2), parts.group(3), name, Map.of()));
        // It would take any server for its first one; tests want to know which
        choose(root, server);
        return new ClusterAgent(name, folder.resolve(name), slots);
    }

    private static void choose(Path root, String server) throws IOException {
        Files.writeString(root.resolve("identity/servers"), server + "\n");
    }

    private Process launch() throws IOException {
        logStart = Files.exists(logFile()) ? Files.size(logFile()) : 0;
        ProcessBuilder builder =
                new ProcessBuilder(
                        ServerCommand.client(
                                List.of(
                                        "node",
                                        "run",
                                        "--root=" + folder.resolve("root"),
                                        "--slots=" + slots,
                                        "--min-free=1",
                                        "--min-free-percent=0")));
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
        return builder.start();
    }

    private Path logFile() {
        return folder.resolve("agent.log");
    }

    String name() {
        return name;
    }

    /// What it has printed since its last start.
    private String said() {
        String all = ServerProcess.text(logFile());
        return all.substring((int) Math.min(logStart, all.length()));
    }

    /// The port of the server that it was connected to last; 0 for none since its last start.
    int lastPort() {
        Matcher connected = CONNECTED.matcher(said());
        int port = 0;
        while (connected.find()) {
            port = Integer.parseInt(connected.group(1));
        }
        return port;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// As `kill -9`; its steps go on.
    void kill() {
        process.destroyForcibly();
        await().atMost(Duration.ofSeconds(30)).until(() -> !process.isAlive());
    }

    void restart() throws IOException {
        process = launch();
    }

    /// Kill it and let it connect to that server first; it hears of the others there.
    void restartAt(int port) throws IOException {
        kill();
        choose(folder.resolve("root"), "127.0.0.1:" + port);
        restart();
    }

    @Override
    public void close() {
        kill();
    }
}
