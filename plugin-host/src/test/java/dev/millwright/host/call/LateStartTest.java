package dev.millwright.host.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.HostSettings;
import dev.millwright.host.PluginBuilder;
import dev.millwright.host.PluginHost;
import dev.millwright.host.use.Point;
import dev.millwright.model.AttemptId;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.runner.WorkOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A runner that has begun work although the attempt was stopped meanwhile.
@Tag("S55")
@Timeout(60)
final class LateStartTest {
    private static final String RUNNER =
            """
            package sample;
            import dev.millwright.plugin.NoConfiguration;
            import dev.millwright.plugin.runner.*;
            import java.io.IOException;
            import java.nio.file.*;
            import java.time.Duration;
            import java.util.*;
            public final class Stubborn implements Runner<NoConfiguration> {
                public String kind() { return "stubborn"; }
                public Class<NoConfiguration> configuration() { return NoConfiguration.class; }
                public Execution start(WorkOrder order, NoConfiguration step) {
                    mark(order.home(), "starting");
                    until(order.home(), "go");
                    return new Work(order.home());
                }
                public Optional<Execution> attach(WorkOrder order, NoConfiguration step) { return Optional.empty(); }
                record Work(Path home) implements Execution {
                    public Result await() {
                        until(home, "stopped");
                        mark(home, "ended");
                        return new Result.Exited(143);
                    }
                    public void stop(Duration grace) { mark(home, "stopped"); }
                }
                static void until(Path home, String name) {
                    while (!Files.exists(home.resolve(name))) {
                        try { Thread.sleep(5); } catch (InterruptedException ignored) { }
                    }
                }
                static void mark(Path home, String name) {
                    try { Files.writeString(home.resolve(name), ""); } catch (IOException full) { throw new IllegalStateException(full); }
                }
            }
            """;

    @TempDir Path folder;

    @Test
    void isEndedSinceNobodyElseKnowsOfIt() throws Exception {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        PluginBuilder.of(folder, "stubborn", "1.0.0")
                .extension(Point.RUNNER, RUNNER)
                .jar(plugins.resolve("stubborn.jar"));
        Path home = Files.createDirectories(folder.resolve("home"));
        WorkOrder order =
                new WorkOrder(
                        new AttemptId(UUID.randomUUID()),
                        home,
                        folder,
                        folder,
                        Map.of(),
                        Parameters.NONE);
        try (PluginHost host =
                PluginHost.open(
                        new HostSettings(
                                plugins, folder.resolve("data"), List.of(), Duration.ofSeconds(10)),
                        SecretSource.UNRESOLVED)) {
            HostedRunner runner =
                    new HostedRunner(
                            host.extensions().find(Point.RUNNER, "stubborn").orElseThrow(),
                            SecretSource.UNRESOLVED);
            CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
            Thread caller =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    var _ = runner.start(order, Parameters.NONE);
                                    var _ = interrupted.complete(false);
                                } catch (InterruptedException stopped) {
                                    var _ = interrupted.complete(true);
                                }
                            });
            await().until(() -> Files.exists(home.resolve("starting")));
            caller.interrupt();
            assertThat(interrupted.get(20, TimeUnit.SECONDS)).isTrue();

            Files.createFile(home.resolve("go"));

            await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(home.resolve("ended")));
        }
    }
}
