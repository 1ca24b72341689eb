package dev.millwright.server.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.host.HostSettings;
import dev.millwright.host.PluginBuilder;
import dev.millwright.host.PluginHost;
import dev.millwright.host.PortablePlugin;
import dev.millwright.host.use.Point;
import dev.millwright.model.AttemptId;
import dev.millwright.model.Parameters;
import dev.millwright.model.RunId;
import dev.millwright.model.log.LogChunk;
import dev.millwright.model.plan.StepPath;
import dev.millwright.node.Assignment;
import dev.millwright.node.AttemptEnd;
import dev.millwright.node.NodeReports;
import dev.millwright.node.agent.NodeAgent;
import dev.millwright.node.agent.NodeSettings;
import dev.millwright.node.plugin.NodePlugins;
import dev.millwright.node.plugin.OfferedPlugin;
import dev.millwright.node.plugin.PluginSource;
import dev.millwright.node.plugin.PluginSourceException;
import dev.millwright.node.process.ProcessRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A server with plugins and a node that takes them, without a network in between.
abstract class TravelFixture {
    @TempDir Path folder;

    final RunnerPlugins shelf = new RunnerPlugins();
    private final Map<AttemptId, AttemptEnd> ends = new ConcurrentHashMap<>();
    List<String> trusted = List.of();
    boolean lying;
    PluginHost server;
    NodePlugins plugins;
    NodeAgent agent;

    private final class Reports implements NodeReports {
        @Override
        public void log(AttemptId attempt, long fence, LogChunk chunk) {}

        @Override
        public void ended(AttemptId attempt, long fence, AttemptEnd end) {
            ends.put(attempt, end);
        }
    }

    final PluginSource source =
            (sha256, offset, length) -> {
                try {
                    byte[] part =
                            shelf.part(sha256, offset, length)
                                    .orElseThrow(() -> new PluginSourceException("gone", null));
                    if (lying && part.length > 0) {
                        part[0]++;
                    }
                    return part;
                } catch (IOException broken) {
                    throw new UncheckedIOException(broken);
                }
            };

    @BeforeEach
    void open() throws Exception {
        server =
                PluginHost.open(
                        HostSettings.of(folder.resolve("server"), folder.resolve("server-data")),
                        _ -> Optional.empty());
        startNode();
    }

    void startNode() {
        plugins =
                NodePlugins.open(
                        folder.resolve("node"),
                        trusted,
                        List.of(new ProcessRunner()),
                        _ -> Optional.empty());
        agent =
                NodeAgent.create(
                        NodeSettings.local(folder.resolve("node"), 4), plugins, new Reports());
        plugins.start(agent, () -> "");
    }

    @AfterEach
    void close() {
        closeNode();
        server.close();
    }

    void closeNode() {
        agent.close();
        plugins.close();
    }

    /// A plugin whose work says its words, waits for a file `go` beside its output, and is found
    /// again.
    PluginBuilder saying(String version, String words) {
        return PluginBuilder.of(folder, "sayer", version)
                .extension(
                        Point.RUNNER,
                        """
                        package sample;
                        import dev.millwright.model.*;
                        import dev.millwright.plugin.runner.*;
                        import java.io.*;
                        import java.nio.file.*;
                        import java.util.*;
                        public final class Sayer implements Runner<Parameters> {
                            public String kind() { return "sayer"; }
                            public Class<Parameters> configuration() { return Parameters.class; }
                            public Execution start(WorkOrder order, Parameters step) {
                                return work(order, "started by %1$s\\n");
                            }
                            public Optional<Execution> attach(WorkOrder order, Parameters step) {
                                return Optional.of(work(order, "found by %1$s\\n"));
                            }
                            private static Execution work(WorkOrder order, String words) {
                                try {
                                    Files.createDirectories(order.home());
                                    Files.writeString(order.errFile(), "", StandardOpenOption.CREATE);
                                    Files.writeString(order.outFile(), words,
                                        StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                                } catch (IOException broken) {
                                    throw new UncheckedIOException(broken);
                                }
                                Path go = order.home().resolve("go");
                                return new Execution() {
                                    public Result await() throws InterruptedException {
                                        while (!Files.exists(go)) {
                                            Thread.sleep(10);
                                        }
                                        return new Result.Exited(0);
                                    }
                                    public void stop(java.time.Duration grace) {}
                                };
                            }
                        }
                        """
                                .formatted(words));
    }

    Path jar() {
        return folder.resolve("server/sayer.jar");
    }

    /// Let the server look at its folder and tell the node.
    void tell() throws Exception {
        server.tick();
        shelf.look(server);
        plugins.told(shelf.plugins().stream().map(TravelFixture::offered).toList(), source);
    }

    static OfferedPlugin offered(PortablePlugin plugin) {
        return new OfferedPlugin(
                plugin.id(),
                plugin.version(),
                plugin.requires(),
                plugin.sha256(),
                plugin.size(),
                plugin.form(),
                plugin.signature(),
                plugin.runners());
    }

    static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(30)).until(condition);
    }

    boolean isOffered() {
        return agent.runnerKinds().contains("sayer");
    }

    List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("node/plugins"))) {
            return all.filter(one -> one.toString().endsWith(".jar")).toList();
        }
    }

    Assignment begin(String word) {
        Assignment step =
                Assignment.builder(
                                new AttemptId(UUID.randomUUID()),
                                1,
                                new RunId(UUID.randomUUID()),
                                StepPath.ROOT,
                                "sayer",
                                new Parameters(Map.of()))
                        .build();
        agent.start(step);
        until(() -> said(step).equals(word + "\n"));
        return step;
    }

    private Path home(Assignment step) {
        return agent.journal().resolve(step.attempt().toString()).resolve("work");
    }

    /// What the step has written.
    String said(Assignment step) throws IOException {
        Path out = home(step).resolve("out");
        return Files.exists(out) ? Files.readString(out) : "";
    }

    void end(Assignment step) throws IOException {
        Files.createFile(home(step).resolve("go"));
        until(() -> ends.containsKey(step.attempt()));
        assertThat(ends.get(step.attempt()).outcome().word()).isEqualTo("success");
    }
}
