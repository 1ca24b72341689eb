package dev.millwright.bench.server;

import dev.millwright.api.server.NodeTokenRequest;
import dev.millwright.bench.measure.BenchException;
import dev.millwright.bench.measure.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A node agent in a process of its own, which `./millwright node run` starts. One thread.
public final class AgentProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Process process;
    private final String name;
    private final Path log;

    private AgentProcess(Process process, String name, Path log) {
        this.process = process;
        this.name = name;
        this.log = log;
    }

    /// Have a new node join and start it; see [#awaitOnline].
    ///
    /// @param folder for its data and its log; it is made where it is missing
    public static AgentProcess join(ServerProcess server, Path folder, String name, int slots)
            throws IOException {
        String join =
                server.client()
                        .createNodeToken(new NodeTokenRequest(name, Map.of(), "15m"))
                        .command();
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "node",
                                "run",
                                "--root",
                                folder.resolve(name).toString(),
                                "--slots",
                                Integer.toString(slots)));
        List<String> told = List.of(join.split(" ", -1));
        for (String option : List.of("--server", "--token", "--ca")) {
            words.add(option);
            words.add(told.get(told.indexOf(option) + 1));
        }
        Path log = folder.resolve(name + ".log");
        return new AgentProcess(Launched.command(log, words).start(), name, log);
    }

    /// Wait until its server says that it takes work.
    public void awaitOnline(ServerProcess server) throws InterruptedException {
        Waiting.until(
                "node %s is online (its log: %s)".formatted(name, log),
                START,
                PAUSE,
                () -> {
                    if (!process.isAlive()) {
                        throw new BenchException("the agent %s ended: see %s".formatted(name, log));
                    }
                    return server.client().nodes().items().stream()
                            .anyMatch(node ->
                                    node.name().equals(name) && node.state().equals("online"));
                });
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        process.onExit().join();
    }
}
