package dev.millwright.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.use.Point;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file that is overwritten with an older version of its plugin.
@Tag("S55")
final class DowngradeTest {
    @TempDir Path folder;

    private void put(String version) {
        PluginBuilder.of(folder, "one", version)
                .extension(
                        Point.SECRET_STORE,
                        Samples.store("Sample", "one", "return \"%s\";".formatted(version)))
                .jar(folder.resolve("plugins/one.jar"));
    }

    @Test
    void isUsedAsItIsWantedAndWarnedOfUntilANewerOneIsThere() throws Exception {
        Files.createDirectories(folder.resolve("plugins"));
        put("1.10.0");
        try (PluginHost host =
                PluginHost.open(
                        HostSettings.of(folder.resolve("plugins"), folder.resolve("data")),
                        SecretSource.UNRESOLVED)) {
            put("1.9.0");
            host.tick();
            assertThat(Samples.ask(host, "one")).isEqualTo("1.9.0");
            assertThat(started(host).warning())
                    .isEqualTo("version 1.9.0 is older than 1.10.0, which was in use before");

            put("1.11.0");
            host.tick();
            assertThat(started(host).warning()).isEmpty();
        }
    }

    private static PluginStatus started(PluginHost host) {
        return host.plugins().stream()
                .filter(one -> one.state() == PluginStatus.State.STARTED)
                .findFirst()
                .orElseThrow();
    }
}
