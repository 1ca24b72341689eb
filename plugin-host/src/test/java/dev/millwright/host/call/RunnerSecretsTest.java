package dev.millwright.host.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.host.HostSettings;
import dev.millwright.host.PluginBuilder;
import dev.millwright.host.PluginHost;
import dev.millwright.host.use.Point;
import dev.millwright.model.AttemptId;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.Secret;
import dev.millwright.plugin.runner.RunnerException;
import dev.millwright.plugin.runner.WorkOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A runner of a plugin whose steps name secrets of stores.
@Timeout(60)
final class RunnerSecretsTest {
    private static final String RUNNER =
            """
            package sample;
            import dev.millwright.plugin.Secret;
            import dev.millwright.plugin.runner.*;
            import java.io.IOException;
            import java.nio.file.*;
            import java.util.*;
            public final class Asking implements Runner<Asking.Step> {
                public record Step(Secret token, Optional<Secret> other) {}
                public String kind() { return "asking"; }
                public Class<Step> configuration() { return Step.class; }
                public Execution start(WorkOrder order, Step step) {
                    throw new RunnerException("started with " + step.token().reveal().length());
                }
                public Optional<Execution> attach(WorkOrder order, Step step) {
                    try {
                        Files.writeString(order.home().resolve("attached"), "");
                    } catch (IOException full) { throw new IllegalStateException(full); }
                    return Optional.empty();
                }
            }
            """;
    private static final Parameters STEP =
            new Parameters(Map.of("token", Map.of("from_secret", "nexus/ci#token")));

    @TempDir Path folder;

    @Test
    void startsWithThemAndIsFoundAgainWithoutThem() throws Exception {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        PluginBuilder.of(folder, "asking", "1.0.0")
                .extension(Point.RUNNER, RUNNER)
                .jar(plugins.resolve("asking.jar"));
        Path home = Files.createDirectories(folder.resolve("home"));
        WorkOrder order =
                new WorkOrder(
                        new AttemptId(UUID.randomUUID()), home, folder, folder, Map.of(), STEP);
        HostSettings settings =
                new HostSettings(
                        plugins, folder.resolve("data"), List.of(), Duration.ofSeconds(10));
        try (PluginHost host = PluginHost.open(settings, _ -> Optional.empty())) {
            HostedRunner runner =
                    new HostedRunner(
                            host.extensions().find(Point.RUNNER, "asking").orElseThrow(),
                            _ -> Optional.empty());
            HostedRunner knowing =
                    runner.knowing(Map.of("${secret:nexus/ci#token}", Secret.of("12345")));
            assertThatThrownBy(() -> knowing.start(order, STEP))
                    .isInstanceOf(RunnerException.class)
                    .hasMessageContaining("started with 5");
            assertThatThrownBy(() -> runner.start(order, STEP))
                    .isInstanceOf(RunnerException.class)
                    .hasMessageContaining("token: secrets of stores are not to be had here");
            Parameters injected = new Parameters(Map.of("token", "${secret:nexus/other}"));
            assertThatThrownBy(() -> knowing.start(order, injected))
                    .hasMessageContaining("${secret:nexus/other} refers to nothing");

            // Its secrets are not known any more after a restart of the node, and it still runs
            assertThat(runner.attach(order, STEP)).isEmpty();
            assertThat(home.resolve("attached")).exists();
        }
    }
}
