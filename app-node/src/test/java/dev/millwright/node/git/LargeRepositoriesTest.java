package dev.millwright.node.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.model.Bytes;
import dev.millwright.model.plan.Source.Checkout;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A repository of many files, and a large one that cannot be made smaller: a million files and
/// five gibibytes with `-Dmillwright.long=true`, which takes minutes and 12 GiB of room, else less.
@Tag("S30")
@Timeout(3600)
final class LargeRepositoriesTest extends ServedRepositories {
    private static final long GIB = 1L << 30;
    private static final boolean LONG = Boolean.getBoolean("millwright.long");
    private static final int FILES = LONG ? 1_000_000 : 5_000;
    private static final int FOLDERS = FILES / 1000;
    private static final int BLOBS = LONG ? 640 : 16;
    private static final long BLOB = 8 * MIB;
    private static final long LIMIT = LONG ? GIB : 2 * BLOB;
    private static final String HEAD =
            "committer Test <test@example.org> 1700000000 +0000\ndata 5\nlarge\n";

    /// What a commit is made of, for `git fast-import`.
    private interface Story {
        void tell(OutputStream out) throws IOException;
    }

    private String commit(Story story) throws Exception {
        Process git =
                new ProcessBuilder(
                                "git",
                                "-c",
                                "core.compression=0",
                                "-c",
                                "core.bigFileThreshold=1m",
                                "fast-import",
                                "--quiet")
                        .directory(web.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("import.log").toFile())
                        .start();
        try (OutputStream out = new BufferedOutputStream(git.getOutputStream(), 1 << 20)) {
            story.tell(out);
        }
        assertThat(git.waitFor()).isZero();
        return TestGit.git(web, "rev-parse", "refs/heads/main");
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(UTF_8));
    }

    @Test
    void manyFilesAreWrittenOrRefusedBeforeTheFirst() throws Exception {
        String commit =
                commit(out -> {
                    say(out, "blob\nmark :1\ndata 2\nx\n\ncommit refs/heads/main\n" + HEAD);
                    for (int i = 0; i < FILES; i++) {
                        say(out, "M 100644 :1 d%d/f%d\n".formatted(i / 1000, i % 1000));
                    }
                });

        assertThatThrownBy(() ->
                        fill(
                                new GitLimits(MUCH, MUCH, FILES + FOLDERS - 1, 0),
                                commit,
                                Checkout.DEFAULT))
                .isInstanceOf(GitException.class)
                .hasMessageContaining(
                        "would have more than %,d files and folders"
                                .formatted(FILES + FOLDERS - 1));
        Path tree = fill(new GitLimits(MUCH, MUCH, FILES + FOLDERS, 0), commit, Checkout.DEFAULT);

        assertThat(tree.resolve("d%d/f999".formatted(FOLDERS - 1))).hasContent("x");
        try (Stream<Path> files = Files.walk(tree)) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("f")).count())
                    .isEqualTo(FILES);
        }
    }

    @Test
    void muchIsFetchedOrRefusedInTime() throws Exception {
        Random random = new Random(1);
        byte[] bytes = new byte[(int) BLOB];
        String commit =
                commit(out -> {
                    for (int i = 1; i <= BLOBS; i++) {
                        random.nextBytes(bytes);
                        say(out, "blob\nmark :%d\ndata %d\n".formatted(i, bytes.length));
                        out.write(bytes);
                        say(out, "\n");
                    }
                    say(out, "commit refs/heads/main\n" + HEAD);
                    for (int i = 1; i <= BLOBS; i++) {
                        say(out, "M 100644 :%d f%d\n".formatted(i, i));
                    }
                });
        assertThat(FolderSize.of(web)).isGreaterThanOrEqualTo(BLOBS * BLOB);
        String url = server.url("/open/web");

        AtomicLong most = new AtomicLong();
        try (Sampler _ = Sampler.of(folder.resolve("cache"), most)) {
            assertThatThrownBy(() -> cache(new GitLimits(LIMIT, MUCH, MUCH, 0)).fetch(url, commit))
                    .isInstanceOf(GitException.class)
                    .hasMessageContaining("would take more than " + Bytes.words(LIMIT));
        }
        if (LONG) {
            // Less is there before anybody can look
            assertThat(most.get()).isBetween(LIMIT / 2, LIMIT * 3 / 2);
        }
        assertThat(FolderSize.of(folder.resolve("cache"))).isLessThan(MIB);

        assertThat(cache(GitLimits.DEFAULT).fetch(url, commit).commit()).isEqualTo(commit);
        assertThatThrownBy(
                        () -> fill(new GitLimits(MUCH, LIMIT, MUCH, 0), commit, Checkout.DEFAULT))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("its workspace would take more than " + Bytes.words(LIMIT));
    }

    /// Sees how large a folder becomes.
    private record Sampler(Thread thread) implements AutoCloseable {
        static Sampler of(Path folder, AtomicLong most) {
            return new Sampler(
                    // A thread of the system: it is busy all the time
                    Thread.ofPlatform()
                            .start(() -> {
                                while (!Thread.currentThread().isInterrupted()) {
                                    try {
                                        long now = FolderSize.of(folder);
                                        most.accumulateAndGet(now, Math::max);
                                    } catch (IOException broken) {
                                        throw new UncheckedIOException(broken);
                                    }
                                    LockSupport.parkNanos(20_000_000);
                                }
                            }));
        }

        @Override
        public void close() {
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
