package dev.millwright.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.use.Point;
import dev.millwright.model.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A jar is read through when it is new, and not again at every start.
final class KnownJarsTest {
    private static final String FILLING = "unused/filling.bin";

    @TempDir Path folder;
    private Path plugins;
    private Path known;

    @BeforeEach
    void prepare() throws IOException {
        plugins = Files.createDirectories(folder.resolve("plugins"));
        known = folder.resolve("data/known-jars");
    }

    private PluginStatus started() throws InterruptedException {
        HostSettings settings =
                new HostSettings(plugins, folder.resolve("data"), List.of(), Duration.ZERO);
        try (PluginHost host = PluginHost.open(settings, SecretSource.UNRESOLVED)) {
            return host.plugins().getFirst();
        }
    }

    private Path plugin() {
        return PluginBuilder.of(folder, "sample", "1.0.0")
                .extension(
                        Point.SECRET_STORE, Samples.store("Store", "sample", "return \"answer\";"))
                .jar(plugins.resolve("sample.jar"));
    }

    /// Its classes are whole, and only a reader of everything finds out that it is broken.
    private void breakEntry(Path jar) throws IOException {
        ByteArrayOutputStream larger = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar));
                ZipOutputStream out = new ZipOutputStream(larger)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                in.transferTo(out);
            }
            out.putNextEntry(new ZipEntry(FILLING));
            out.write("filling ".repeat(1000).getBytes(StandardCharsets.UTF_8));
        }
        byte[] bytes = larger.toByteArray();
        int name = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(FILLING);
        // No such kind of packed block exists
        bytes[name + FILLING.length()] = 7;
        Files.write(jar, bytes);
    }

    @Test
    void aJarIsKnownWhenItWasLoadedOnce() throws Exception {
        Path jar = plugin();
        assertThat(started().reason()).isEmpty();
        try (Stream<Path> files = Files.list(known)) {
            assertThat(files).containsExactly(known.resolve(Sha256.hex(jar)));
        }
    }

    @Test
    void aBrokenJarIsRefusedAndNotKnownAfterwards() throws Exception {
        breakEntry(plugin());
        assertThat(started().reason()).contains("not a whole jar or zip");
        assertThat(known).doesNotExist();
    }

    @Test
    void aKnownJarIsNotReadThroughAgain() throws Exception {
        Path jar = plugin();
        breakEntry(jar);
        Files.createDirectories(known);
        Files.createFile(known.resolve(Sha256.hex(jar)));
        assertThat(started().reason()).isEmpty();
    }

    @Test
    void aJarThatLiesAsItDidIsNotReadForItsHash() throws Exception {
        Path jar = plugin();
        String hash = Sha256.hex(jar);
        // It is not taken for the same within two seconds of its last change
        await().until(() ->
                started().sha256().equals(hash)
                        && !Files.readString(known.resolve(hash)).isEmpty());
        String other = "0".repeat(64);
        var _ = Files.move(known.resolve(hash), known.resolve(other));
        assertThat(started().sha256()).isEqualTo(other);
        var _ = Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
        assertThat(started().sha256()).isEqualTo(hash);
    }
}
