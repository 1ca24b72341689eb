package dev.millwright.server.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.host.PluginBuilder;
import dev.millwright.host.PluginStatus;
import dev.millwright.host.bundled.BundledPlugins;
import dev.millwright.host.bundled.PluginBundle;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdateHintsTest {
    @TempDir Path folder;

    private static PluginStatus used(String id, String version, String sha256) {
        return new PluginStatus(
                id + ".jar",
                PluginStatus.State.STARTED,
                "",
                "",
                id,
                version,
                "",
                "",
                "",
                sha256,
                "",
                0,
                List.of());
    }

    private PluginBundle bundled(String id, String version) {
        return PluginBundle.of(
                PluginBuilder.of(folder, id, version).jar(folder.resolve("home/" + id + ".jar")));
    }

    @Test
    void anotherVersionThatMillwrightBringsIsToldOnce() {
        bundled("mail", "1.10.0");
        bundled("git", "1.0.0");
        bundled("docker", "1.0.0");
        PluginBundle same = bundled("otel", "1.0.0");
        UpdateHints hints =
                new UpdateHints(new BundledPlugins(Optional.of(folder.resolve("home"))));
        List<PluginStatus> plugins =
                List.of(
                        used("mail", "1.9.0", "aa"),
                        used("git", "1.0.0", "bb"),
                        // A newer one than the one that comes along is somebody's own choice
                        used("docker", "2.0.0", "cc"),
                        used("otel", "1.0.0", same.sha256()),
                        used("own", "1.0.0", "dd"));

        assertThat(hints.look(plugins))
                .containsExactly(
                        "plugin mail 1.9.0 is in use, and this Millwright brings 1.10.0: millwright plugin update mail",
                        "plugin git 1.0.0 is in use, and this Millwright brings another build of it: millwright plugin update git");
        assertThat(hints.look(plugins)).isEmpty();
    }
}
