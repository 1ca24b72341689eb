package dev.millwright.node.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SizeWatchTest {
    private static final long MIB = 1L << 20;

    @TempDir Path folder;
    private final AtomicLong free = new AtomicLong(100 * MIB);
    private final AtomicLong nanos = new AtomicLong();

    /// How far the clock goes each time that it is read.
    private final AtomicLong tick = new AtomicLong();

    private SizeWatch watch(long bytes, long files) {
        return new SizeWatch(
                folder,
                "it",
                new SizeWatch.Limit(bytes, "'bytes'"),
                new SizeWatch.Limit(files, "'files'"),
                80 * MIB,
                _ -> free.get(),
                () -> nanos.addAndGet(tick.get()));
    }

    @Test
    void whatIsWithinTheLimitsGoesOn() throws Exception {
        Files.write(folder.resolve("a"), new byte[1000]);
        Files.write(folder.resolve("b"), new byte[1000]);
        SizeWatch watch = watch(2000, 2);

        assertThat(watch.letsGoOn()).isTrue();
        assertThat(watch.problem()).isEmpty();
    }

    @Test
    void bytesAndFilesBeyondTheLimitsEndIt() throws Exception {
        Files.createDirectory(folder.resolve("below"));
        Files.write(folder.resolve("below/a"), new byte[1000]);
        Files.write(folder.resolve("b"), new byte[1025]);

        SizeWatch watch = watch(2024, 3);
        assertThat(watch.letsGoOn()).isFalse();
        assertThat(watch.problem())
                .contains("it would take more than 1.9 KiB; the limit is 'bytes'");
        assertThat(watch(2025, 2).excess())
                .contains("it would have more than 2 files and folders; the limit is 'files'");
    }

    @Test
    void foldersCountAsFilesDo() throws Exception {
        Files.createDirectories(folder.resolve("a/b/c"));

        assertThat(watch(1000, 3).excess()).isEmpty();
        assertThat(watch(1000, 2).excess())
                .contains("it would have more than 2 files and folders; the limit is 'files'");
    }

    @Test
    void gitsOwnFilesInAWorkTreeTakeRoomButAreNotCounted() throws Exception {
        Files.createDirectories(folder.resolve(".git/refs/heads"));
        Files.write(folder.resolve(".git/refs/heads/main"), new byte[1000]);
        Files.write(folder.resolve("zzz"), new byte[1000]);

        assertThat(watch(3000, 1).excess()).isEmpty();
        assertThat(watch(1999, 1).excess()).isPresent();
        assertThat(watch(3000, 0).excess()).isPresent();
    }

    @Test
    void aLinkIsNotFollowed() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/"));

        assertThat(watch(1000, 1).excess()).isEmpty();
        Files.delete(link);
    }

    @Test
    void aDiskThatGetsFullEndsItUnlessItIsSmall() {
        SizeWatch watch = watch(1000, 1000);
        free.set(85 * MIB);
        assertThat(watch.letsGoOn()).isTrue();

        free.set(79 * MIB);
        assertThat(watch.letsGoOn()).isFalse();
        assertThat(watch.problem().orElse(""))
                .startsWith("it finds no room: 79 MiB are free on the disk of " + folder)
                .contains(
                        "80 MiB have to stay free (always so on the server and its own node; '--min-free'");

        // It was as full before
        assertThat(watch(1000, 1000).letsGoOn()).isTrue();
    }

    @Test
    void aLookThatTakesLongIsRareButTheDiskIsAskedOftenAllTheSame() throws Exception {
        SizeWatch watch = watch(1000, 1000);
        assertThat(watch.pause()).isEqualTo(Duration.ofMillis(100));
        tick.set(Duration.ofSeconds(1).toNanos());
        assertThat(watch.letsGoOn()).isTrue();
        Files.write(folder.resolve("large"), new byte[1001]);

        assertThat(watch.pause()).isEqualTo(Duration.ofSeconds(2));
        assertThat(watch.letsGoOn()).isTrue();
        free.set(79 * MIB);
        assertThat(watch.letsGoOn()).isFalse();
        assertThat(watch.problem().orElse("")).contains("finds no room");

        tick.set(Duration.ofSeconds(20).toNanos());
        assertThat(watch.letsGoOn()).isFalse();
        assertThat(watch.problem().orElse("")).contains("would take more than");
    }

    @Test
    void theLastLookIsOnlyForWhatTookLongEnoughForAFirst() throws Exception {
        SizeWatch watch = watch(1000, 1000);
        Path large = Files.write(folder.resolve("large"), new byte[1001]);
        assertThat(watch.lastExcess()).isEmpty();
        Files.delete(large);
        assertThat(watch.letsGoOn()).isTrue();
        Files.write(large, new byte[1001]);

        assertThat(watch.lastExcess()).isPresent();
    }
}
