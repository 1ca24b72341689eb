package dev.millwright.host;

import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.use.Point;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A folder of plugins, and a host that looks into it when it is told to.
@Timeout(120)
abstract class HostFixture {
    @TempDir Path folder;
    Path plugins;
    PluginHost host;

    @BeforeEach
    void prepare() throws Exception {
        plugins = Files.createDirectories(folder.resolve("plugins"));
    }

    @AfterEach
    void close() {
        if (host != null) {
            host.close();
        }
    }

    PluginHost open() throws InterruptedException {
        host =
                PluginHost.open(
                        HostSettings.of(plugins, folder.resolve("data")),
                        reference -> SecretSource.UNRESOLVED.resolve("value of " + reference));
        return host;
    }

    PluginBuilder plugin(String id, String version) {
        return PluginBuilder.of(folder, id, version);
    }

    PluginBuilder says(String id, String version, String answer) {
        return plugin(id, version)
                .extension(
                        Point.SECRET_STORE,
                        Samples.store("Sample", id, "return \"%s\";".formatted(answer)));
    }

    PluginStatus status(String file) {
        return host.plugins().stream()
                .filter(one -> one.file().equals(file))
                .findFirst()
                .orElseThrow();
    }

    String reason(String file) {
        return status(file).reason();
    }
}
