package dev.millwright.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.Parameters;
import dev.millwright.plugin.runner.Execution.Result;
import dev.millwright.plugin.runner.Runner;
import dev.millwright.plugin.runner.WorkOrder;
import dev.millwright.testkit.BuiltPlugin;
import dev.millwright.testkit.PluginUnderTest;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// An engine that listens with TLS, for clients that can prove who they are.
final class TlsIT extends RunnerFixture {
    private static ContainerEngine engine;
    private static TlsFiles tls;

    @BeforeAll
    static void createEngine() throws IOException {
        engine = ContainerEngine.create(EngineKind.TLS_DOCKER);
        tls = TlsFiles.in(engine.home());
    }

    @AfterAll
    static void closeEngine() {
        engine.close();
    }

    @Override
    ContainerEngine engine() {
        return engine;
    }

    private static PluginUnderTest with(String tlsSetting) {
        return PluginUnderTest.builder(BuiltPlugin.find())
                .settings("docker-runner", "host: %s\n%s".formatted(tls.host(), tlsSetting))
                .load();
    }

    private static PluginUnderTest with(Path keys) {
        return with("tls: " + keys);
    }

    @Test
    void stepsRunThere() throws Exception {
        try (PluginUnderTest plugin = with(tls.client())) {
            Runner<Parameters> runner = plugin.runner("container");
            WorkOrder order = order(commands("seq 1 1000; exit 3"));
            assertThat(run(runner, order)).isEqualTo(new Result.Exited(3));
            assertThat(order.outFile()).content().startsWith("1\n2\n").endsWith("\n1000\n");
        }
    }

    @Test
    void whoCannotProveWhoHeIsIsTold() throws Exception {
        try (PluginUnderTest stranger = with(tls.stranger());
                PluginUnderTest plain = with("")) {
            assertThat(stranger.runner("container").obstacle()).isPresent();
            assertThat(plain.runner("container").obstacle()).isPresent();
        }
    }

    @Test
    void keysThatAreNotThereAreTold() throws Exception {
        try (PluginUnderTest plugin = with(folder.resolve("none"))) {
            assertThat(plugin.runner("container").obstacle().orElseThrow())
                    .contains("the keys for the container engine in", "none", "NoSuchFile");
        }
    }
}
