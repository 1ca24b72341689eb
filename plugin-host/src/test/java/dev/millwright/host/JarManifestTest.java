package dev.millwright.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.use.Point;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A jar speaks by its manifest alone; `plugin.properties` is for zips.
final class JarManifestTest {
    @TempDir Path folder;

    @Test
    void anotherFileInAJarDoesNotSayWhatItIs() throws Exception {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        Path jar =
                PluginBuilder.of(folder, "by-manifest", "1.0.0")
                        .extension(
                                Point.SECRET_STORE,
                                Samples.store("Store", "sample", "return \"answer\";"))
                        .jar(plugins.resolve("sample.jar"));
        try (FileSystem inside = FileSystems.newFileSystem(jar)) {
            Files.writeString(
                    inside.getPath("plugin.properties"),
                    "plugin.id=by-properties\nplugin.version=9.9.9\nplugin.requires=>=0.1.0\n");
        }

        try (PluginHost host =
                PluginHost.open(
                        HostSettings.of(plugins, folder.resolve("data")),
                        SecretSource.UNRESOLVED)) {
            PluginStatus status = host.plugins().getFirst();
            assertThat(status.reason()).isEmpty();
            assertThat(status.id()).isEqualTo("by-manifest");
            assertThat(Samples.ask(host, "sample")).isEqualTo("answer");
        }
    }
}
