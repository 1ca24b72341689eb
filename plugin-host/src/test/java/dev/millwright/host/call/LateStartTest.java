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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A runner whose attempt is stopped while it starts work: nothing is left when the caller goes on.
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
                public Execution start(WorkOrder order, NoConfiguration step) throws InterruptedException {
                    mark(order.home(), "starting");
                    boolean stopped = until(order.home(), "go");
                    if (stopped && Files.exists(order.home().resolve("heedful"))) {
                        mark(order.home(), "ended");
                        throw new InterruptedException();
                    }
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
                static boolean until(Path home, String name) {
                    boolean stopped = false;
                    while (!Files.exists(home.resolve(name))) {
                        try { Thread.sleep(5); } catch (InterruptedException heard) { stopped = true; }
                    }
                    return stopped;
                }
                static void mark(Path home, String name) {
                    try { Files.writeString(home.resolve(name), ""); } catch (IOException full) { throw new IllegalStateException(full); }
                }
            }
            """;

    @TempDir Path folder;
    private Path home = Path.of("");
    private final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();

    @BeforeEach
    void prepare() throws IOException {
        home = Files.createDirectories(folder.resolve("home"));
    }

    @Test
    void whatHasBegunIsEndedSinceNobodyElseKnowsOfIt() throws Exception {
        stopWhileItStarts();
    }

    @Test
    void aStartThatIsTakenBackIsWaitedFor() throws Exception {
        Files.createFile(home.resolve("heedful"));

        stopWhileItStarts();
    }

    private void stopWhileItStarts() throws Exception {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        PluginBuilder.of(folder, "stubborn", "1.0.0")
                .extension(Point.RUNNER, RUNNER)
                .jar(plugins.resolve("stubborn.jar"));
        try (PluginHost host =
                PluginHost.open(
                        new HostSettings(
                                plugins, folder.resolve("data"), List.of(), Duration.ofSeconds(10)),
                        SecretSource.UNRESOLVED)) {
            HostedRunner runner =
                    new HostedRunner(
                            host.extensions().find(Point.RUNNER, "stubborn").orElseThrow(),
                            SecretSource.UNRESOLVED);
            Thread caller = Thread.ofVirtual().start(() -> start(runner));
            await().until(() -> Files.exists(home.resolve("starting")));
            caller.interrupt();
            // It has been told, and now waits for the plugin
            await().until(() ->
                    caller.getState() == Thread.State.TIMED_WAITING && !caller.isInterrupted());
            assertThat(interrupted).isNotDone();

            Files.createFile(home.resolve("go"));

            assertThat(interrupted.get(20, TimeUnit.SECONDS)).isTrue();
            assertThat(home.resolve("ended")).exists();
        }
    }

    private void start(HostedRunner runner) {
        WorkOrder order =
                new WorkOrder(
                        new AttemptId(UUID.randomUUID()),
                        home,
                        folder,
                        folder,
                        Map.of(),
                        Parameters.NONE);
        try {
            var _ = runner.start(order, Parameters.NONE);
            var _ = interrupted.complete(false);
        } catch (InterruptedException stopped) {
            var _ = interrupted.complete(true);
        }
    }
}
