package dev.millwright.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.use.Point;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that are made to hurt whoever opens them: refused with a reason, and nothing of them
/// stays.
@Timeout(60)
final class HostileFilesTest {
    private static final int MIB = 1 << 20;

    @TempDir Path folder;
    private Path plugins;

    @BeforeEach
    void prepare() throws IOException {
        plugins = Files.createDirectories(folder.resolve("plugins"));
    }

    @AfterEach
    void nothingIsLeftAnywhere() throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            assertThat(tree.filter(Files::isRegularFile))
                    .allMatch(file -> file.startsWith(plugins));
        }
    }

    private String reason(String... keys) throws InterruptedException {
        HostSettings settings =
                new HostSettings(plugins, folder.resolve("data"), List.of(keys), Duration.ZERO);
        try (PluginHost host = PluginHost.open(settings, SecretSource.UNRESOLVED)) {
            assertThat(host.plugins()).hasSize(1);
            assertThat(folder.resolve("data/copies")).isEmptyDirectory();
            return host.plugins().getFirst().reason();
        }
    }

    private interface Entries {
        void write(ZipOutputStream out) throws IOException;
    }

    private void zip(String name, Entries entries) throws IOException {
        try (ZipOutputStream out =
                new ZipOutputStream(Files.newOutputStream(plugins.resolve(name)))) {
            entries.write(out);
        }
    }

    private static void add(ZipOutputStream out, String name) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(1);
        out.closeEntry();
    }

    @ParameterizedTest
    @Tag("S44")
    @ValueSource(
            strings = {
                "../../evil.txt",
                "lib/../../evil.txt",
                "/tmp/millwright-evil.txt",
                "C:\\evil.txt",
                "..\\evil.txt",
                "C:evil.txt",
                "a\u0000b",
                "../copies-evil/evil.txt"
            })
    void anEntryThatLeadsElsewhereIsRefused(String name) throws Exception {
        zip(
                "evil.zip",
                out -> {
                    add(out, "lib/good.jar");
                    add(out, name);
                });
        assertThat(reason()).contains("leads out of it");
        assertThat(Path.of("/tmp/millwright-evil.txt")).doesNotExist();
    }

    @ParameterizedTest
    @Tag("S44")
    @ValueSource(strings = {"lib/a.jar", "lib/A.JAR"})
    void twoEntriesOfOneNameAreRefused(String name) throws Exception {
        zip(
                "twice.zip",
                out -> {
                    add(out, "lib/a.jar");
                    add(out, "lib/b.jar");
                });
        // The library that writes zips would refuse it, too
        Path file = plugins.resolve("twice.zip");
        byte[] bytes =
                Files.readString(file, StandardCharsets.ISO_8859_1)
                        .replace("lib/b.jar", name)
                        .getBytes(StandardCharsets.ISO_8859_1);
        Files.write(file, bytes);
        assertThat(reason()).isEqualTo("its entry '%s' is there twice".formatted(name));
    }

    @Test
    @Tag("S44")
    void anEntryBelowAnotherThatIsAFileIsRefused() throws Exception {
        zip(
                "below.zip",
                out -> {
                    add(out, "lib");
                    add(out, "lib/a.jar");
                });
        assertThat(reason()).contains("not a whole jar or zip");
    }

    /// A zip may call an entry a link, a pipe or a device, and let it belong to root.
    @ParameterizedTest
    @Tag("S44")
    @ValueSource(ints = {0xA1FF, 0x11FF, 0x61B6, 0x89ED})
    void anEntryBecomesAPlainFileWhateverItCallsItself(int mode) throws Exception {
        zip(
                "special.zip",
                out -> {
                    out.putNextEntry(new ZipEntry("lib"));
                    out.write(folder.toString().getBytes(StandardCharsets.UTF_8));
                    out.closeEntry();
                    add(out, "lib/evil.jar");
                });
        Path file = plugins.resolve("special.zip");
        byte[] bytes = Files.readAllBytes(file);
        // In the directory at the end: made on Unix, with this mode
        int entry = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("PK\u0001\u0002");
        bytes[entry + 5] = 3;
        bytes[entry + 40] = (byte) mode;
        bytes[entry + 41] = (byte) (mode >> 8);
        Files.write(file, bytes);
        assertThat(reason()).contains("not a whole jar or zip");
    }

    /// 100 GiB would take minutes to read.
    @Test
    @Tag("S44")
    void aFewBytesThatStandForVeryManyAreNotUnpacked() throws Exception {
        byte[] packed = packedZeros();
        int times = 100 << 10;
        CRC32 sum = new CRC32();
        for (int i = 0; i < times; i++) {
            sum.update(packed);
        }
        ZipEntry entry = new ZipEntry("lib/zeros");
        entry.setMethod(ZipEntry.STORED);
        entry.setSize((long) packed.length * times);
        entry.setCrc(sum.getValue());
        zip(
                "bomb.zip",
                out -> {
                    out.putNextEntry(entry);
                    for (int i = 0; i < times; i++) {
                        out.write(packed);
                    }
                    out.closeEntry();
                });
        sayThatEntryIsDeflated(plugins.resolve("bomb.zip"));
        assertThat(reason()).isEqualTo("unpacked it is larger than 1 GiB");
    }

    /// A mebibyte, after which more of the same may follow.
    private static byte[] packedZeros() {
        byte[] packed = new byte[MIB];
        try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
            deflater.setInput(new byte[MIB]);
            return Arrays.copyOf(
                    packed, deflater.deflate(packed, 0, packed.length, Deflater.SYNC_FLUSH));
        }
    }

    private static void sayThatEntryIsDeflated(Path zip) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(zip.toFile(), "rw")) {
            file.seek(8);
            file.write(ZipEntry.DEFLATED);
            // The end of the file tells where its directory begins
            file.seek(file.length() - 6);
            file.seek(Integer.toUnsignedLong(Integer.reverseBytes(file.readInt())) + 10);
            file.write(ZipEntry.DEFLATED);
        }
    }

    @Test
    @Tag("S44")
    void veryManyEntriesAreRefused() throws Exception {
        zip(
                "many.zip",
                out -> {
                    for (int i = 0; i <= 20_000; i++) {
                        out.putNextEntry(new ZipEntry("lib/" + i));
                    }
                });
        assertThat(reason()).isEqualTo("it has more than 20000 entries");
    }

    @Test
    @Tag("S55")
    void aFileOfAGibibyteIsNotEvenRead() throws Exception {
        try (RandomAccessFile file =
                new RandomAccessFile(plugins.resolve("huge.jar").toFile(), "rw")) {
            file.setLength(1L << 30);
        }
        assertThat(reason(key())).isEqualTo("it is larger than 256 MiB");
    }

    @Test
    @Tag("S55")
    void whatNobodySignedIsNotUnpacked() throws Exception {
        zip("evil.zip", out -> add(out, "../evil.txt"));
        assertThat(reason(key())).startsWith("it is not signed");
    }

    @Test
    @Tag("S55")
    void aSignatureWithoutEndIsNotRead() throws Exception {
        var _ =
                PluginBuilder.of(plugins, "one", "1.0.0")
                        .extension(Point.SECRET_STORE, Samples.store("One", "one", "return \"x\";"))
                        .jar(plugins.resolve("one.jar"));
        try (OutputStream out = Files.newOutputStream(plugins.resolve("one.jar.sig"))) {
            out.write(new byte[MIB]);
        }
        assertThat(reason(key())).isEqualTo("its signature is longer than a signature");
    }

    private static String key() throws Exception {
        return Base64.getEncoder()
                .encodeToString(
                        KeyPairGenerator.getInstance("Ed25519")
                                .generateKeyPair()
                                .getPublic()
                                .getEncoded());
    }
}
