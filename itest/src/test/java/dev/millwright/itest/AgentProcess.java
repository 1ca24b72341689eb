package dev.millwright.itest;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A node agent in a process of its own, on a host of the network; it can be started again and
/// again on its folder.
final class AgentProcess implements AutoCloseable {
    private final String name;
    private final Network.Host host;
    private final Path root;
    private final Path log;
    private final List<String> command;
    private final Map<String, String> environment = new HashMap<>();
    private Process process;

    /// Start an agent that joins first.
    ///
    /// @param folder of the agent alone
    /// @param join what `node token` printed
    static AgentProcess join(
            String name, Network.Host host, Path folder, String join, List<String> options)
            throws IOException {
        AgentProcess agent = new AgentProcess(name, host, folder, options);
        agent.start(List.of(join.substring(join.indexOf("--server")).split(" ")));
        return agent;
    }

    private AgentProcess(String name, Network.Host host, Path folder, List<String> options) {
        this.name = name;
        this.host = host;
        this.root = folder.resolve("root");
        this.log = folder.resolve(name + ".log");
        List<String> arguments = new ArrayList<>(List.of("node", "run", "--root", root.toString()));
        arguments.addAll(options);
        this.command = host.command(ServerCommand.client(arguments));
        environment.put(CrashHook.VARIABLE, crash().toString());
    }

    private void start(List<String> more) throws IOException {
        List<String> all = new ArrayList<>(command);
        all.addAll(more);
        ProcessBuilder builder = new ProcessBuilder(all);
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        process = builder.start();
    }

    /// Start it again, unless it runs.
    void start() throws IOException {
        if (process == null || !process.isAlive()) {
            start(List.of());
        }
    }

    String name() {
        return name;
    }

    Network.Host host() {
        return host;
    }

    /// Where its journal and its identity are.
    Path root() {
        return root;
    }

    /// The file that makes the agent die at the point that stands in it.
    Path crash() {
        return log.resolveSibling("crash");
    }

    /// All that it has said so far.
    String log() {
        return ServerProcess.text(log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// End it as a service manager does. Gives its exit code.
    int terminate() {
        process.destroy();
        return awaitDeath();
    }

    void kill() {
        process.destroyForcibly();
        var _ = awaitDeath();
    }

    /// Gives its exit code.
    int awaitDeath() {
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
