package dev.millwright.itest.system;

import static org.awaitility.Awaitility.await;

import dev.millwright.node.link.JoinOrder;
import dev.millwright.node.program.AgentProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A node agent in a process of its own, on a host of the network; it can be started again and
/// again on its folder.
public final class AgentProcess implements AutoCloseable {
    private static final Pattern JOIN =
            Pattern.compile(".*--server (\\S+) --token (\\S+) --ca (\\S+).*");
    private static final Pattern CONNECTED = Pattern.compile("connected to \\S+:(\\d+) as node");

    private final String name;
    private final Network.Host host;
    private final Path root;
    private final Path log;
    private final List<String> options;
    private final List<String> command;
    private final Map<String, String> environment = new HashMap<>();
    private Process process;
    private int logStart;

    /// Start an agent that joins first.
    ///
    /// @param folder of the agent alone
    /// @param join what `node token` printed
    static AgentProcess join(
            String name, Network.Host host, Path folder, String join, List<String> options)
            throws IOException {
        AgentProcess agent = new AgentProcess(name, host, folder, options);
        Matcher parts = parts(join);
        agent.start(
                List.of(
                        "--server",
                        parts.group(1),
                        "--token",
                        parts.group(2),
                        "--ca",
                        parts.group(3)));
        return agent;
    }

    /// As [#join], but it connects to the server that it joined at first; else it takes any.
    static AgentProcess joinAt(
            String name, Network.Host host, Path folder, String join, List<String> options)
            throws IOException {
        AgentProcess agent = new AgentProcess(name, host, folder, options);
        Matcher parts = parts(join);
        String server = parts.group(1);
        var _ =
                AgentProgram.join(
                        agent.root,
                        new JoinOrder(server, parts.group(2), parts.group(3), name, Map.of()));
        agent.choose(server);
        agent.start();
        return agent;
    }

    private static Matcher parts(String join) {
        Matcher parts = JOIN.matcher(join.strip());
        if (!parts.matches()) {
            throw new AssertionError(join);
        }
        return parts;
    }

    private void choose(String server) throws IOException {
        Files.writeString(root.resolve("identity/servers"), server + "\n");
    }

    private AgentProcess(String name, Network.Host host, Path folder, List<String> options) {
        this.name = name;
        this.host = host;
        this.root = folder.resolve("root");
        this.log = folder.resolve(name + ".log");
        this.options = List.copyOf(options);
        List<String> arguments = new ArrayList<>(List.of("node", "run", "--root", root.toString()));
        arguments.addAll(options);
        this.command = host.command(ServerCommand.client(arguments));
        environment.put(CrashHook.VARIABLE, crash().toString());
    }

    private void start(List<String> more) throws IOException {
        logStart = log().length();
        List<String> all = new ArrayList<>(command);
        all.addAll(more);
        ProcessBuilder builder = new ProcessBuilder(all);
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        process = builder.start();
    }

    /// Start it again, unless it runs.
    public void start() throws IOException {
        if (process == null || !process.isAlive()) {
            start(List.of());
        }
    }

    /// Kill it and let it connect to that server first; it hears of the others there.
    void restartAt(int port) throws IOException {
        kill();
        choose("127.0.0.1:" + port);
        start();
    }

    /// An agent on the same host with a copy of all that this one has; it does not run yet.
    ///
    /// @param folder of the copy alone, not made yet
    public AgentProcess copy(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.toList()) {
                Path target = folder.resolve("root").resolve(root.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        return new AgentProcess(name, host, folder, options);
    }

    public String name() {
        return name;
    }

    public Network.Host host() {
        return host;
    }

    /// Where its journal and its identity are.
    public Path root() {
        return root;
    }

    /// The file that makes the agent die at the point that stands in it.
    public Path crash() {
        return log.resolveSibling("crash");
    }

    /// All that it has said so far.
    public String log() {
        return ServerProcess.text(log);
    }

    /// The port of the server that it was connected to last; 0 for none since its last start.
    int lastPort() {
        String all = log();
        Matcher connected = CONNECTED.matcher(all.substring(Math.min(logStart, all.length())));
        int port = 0;
        while (connected.find()) {
            port = Integer.parseInt(connected.group(1));
        }
        return port;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// End it as a service manager does. Gives its exit code.
    public int terminate() {
        process.destroy();
        return awaitDeath();
    }

    /// As `kill -9`; its steps go on.
    public void kill() {
        process.destroyForcibly();
        var _ = awaitDeath();
    }

    /// Gives its exit code.
    public int awaitDeath() {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !process.isAlive());
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}
