package dev.millwright.node.git;

import static dev.millwright.node.git.TestGit.git;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millwright.model.plan.Source.Checkout;
import dev.millwright.node.WorkspaceRequest;
import dev.millwright.plugin.NetworkWall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Repositories that want more room than they may have, from git's own server.
@Tag("S30")
@Timeout(120)
final class RepositoryLimitsTest {
    private static final long MIB = 1L << 20;
    private static final long MUCH = 1L << 40;
    private static final GitLimits FEW_FILES = new GitLimits(MUCH, MUCH, 1000, 0);
    private static final Random RANDOM = new Random(1);

    @TempDir Path folder;
    private Path web;
    private GitHttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = GitHttpServer.start(Files.createDirectory(folder.resolve("served")));
        web = repository("web");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Path repository(String name) {
        Path repository = folder.resolve("served").resolve(name);
        TestGit.init(repository);
        return repository;
    }

    private GitCache cache(GitLimits limits) {
        return GitCache.create(
                folder.resolve("cache"),
                new GitSettings(true, true, Duration.ofSeconds(60), NetworkWall.OPEN, limits));
    }

    private GitCache smallCache(long mebibytes) {
        return cache(new GitLimits(mebibytes * MIB, MUCH, MUCH, 0));
    }

    private Path fill(GitLimits limits, String commit, Checkout checkout) throws IOException {
        Path tree = Files.createTempDirectory(folder, "tree");
        WorkspaceRequest request =
                new WorkspaceRequest(server.url("/open/web"), commit, "refs/heads/main", checkout);
        new WorkTrees(cache(limits)).fill(tree, request);
        return tree;
    }

    /// What cannot be made smaller, in pieces: of few objects git writes none before it is
    /// complete.
    private static void incompressible(Path folder, int mebibytes) throws IOException {
        Files.createDirectories(folder);
        byte[] bytes = new byte[(int) (MIB / 32)];
        for (int i = 0; i < mebibytes * 32; i++) {
            RANDOM.nextBytes(bytes);
            Files.write(folder.resolve("piece" + i), bytes);
        }
    }

    private String commitOf(int mebibytes) throws IOException {
        incompressible(web.resolve("large"), mebibytes);
        return TestGit.commit(web, "with something large");
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @Test
    void aRepositoryThatIsTooLargeIsRefusedAndLeavesNothing() throws Exception {
        var _ = commitOf(3);

        assertThatThrownBy(() -> smallCache(2).fetch(server.url("/open/web"), "main"))
                .isInstanceOf(GitException.class)
                .hasMessage(
                        "the repository %s is too large for this node: its copy would take more than 2 MiB; the limit is 'git.repository-limit' of the server (for itself and its own node), or '--repository-limit' of 'millwright node run'",
                        server.url("/open/web"));

        assertThat(size(folder.resolve("cache"))).isLessThan(MIB / 4);
    }

    @Test
    void aHigherLimitLetsItIn() throws Exception {
        String commit = commitOf(3);
        assertThatThrownBy(() -> smallCache(2).fetch(server.url("/open/web"), "main"))
                .isInstanceOf(GitException.class);

        assertThat(smallCache(5).fetch(server.url("/open/web"), "main").commit()).isEqualTo(commit);
    }

    @Test
    void aFetchIsEndedWhileItIsUnderWay() throws Exception {
        var _ = commitOf(8);

        // The other side says nothing after half of it, so nobody but the watch can end this
        assertThatThrownBy(() -> smallCache(2).fetch(server.url("/stuck/web"), "main"))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("would take more than 2 MiB");

        assertThat(size(folder.resolve("cache"))).isLessThan(MIB / 4);
    }

    @Test
    void whatWasFetchedBeforeStaysInUse() throws Exception {
        String small = TestGit.commit(web, "small");
        GitCache cache = smallCache(2);
        Path bare = cache.fetch(server.url("/stuck/web"), "main").bareRepository();
        git(web, "checkout", "-q", "-b", "swollen");
        var _ = commitOf(8);

        assertThatThrownBy(() -> cache.fetch(server.url("/stuck/web"), "swollen"))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("too large");

        assertThat(cache.fetch(server.url("/stuck/web"), "main"))
                .isEqualTo(new Fetched(bare, small, "refs/heads/main"));
        assertThat(size(bare)).isLessThan(MIB / 4);
    }

    @Test
    void whatWasTakenOutOfTheRepositoryCountsNoLonger() throws Exception {
        String small = TestGit.commit(web, "small");
        GitCache cache = smallCache(2);
        Fetched before = cache.fetch(server.url("/open/web"), "main");
        var _ = commitOf(3);
        assertThatThrownBy(() -> cache.fetch(server.url("/open/web"), "main"))
                .isInstanceOf(GitException.class);
        git(web, "reset", "-q", "--hard", small);
        String other = TestGit.commit(web, "small again");

        Fetched after = cache.fetch(server.url("/open/web"), "main");

        assertThat(after.commit()).isEqualTo(other);
        // Steps that run may lean on the old one
        assertThat(before.bareRepository()).isDirectory();
        assertThat(size(after.bareRepository())).isLessThan(MIB / 4);
    }

    @Test
    void anInterruptEndsAFetchAndLeavesNothing() throws Exception {
        var _ = commitOf(8);
        GitCache cache = smallCache(100);
        CompletableFuture<String> end = new CompletableFuture<>();
        Thread fetching =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                var _ = cache.fetch(server.url("/stuck/web"), "main");
                            } catch (GitException stopped) {
                                end.complete(stopped.getMessage());
                            }
                        });
        await().atMost(Duration.ofSeconds(30)).until(() -> size(folder.resolve("cache")) > 2 * MIB);

        fetching.interrupt();

        assertThat(end.get()).isEqualTo("git was interrupted");
        assertThat(size(folder.resolve("cache"))).isLessThan(MIB / 4);
    }

    @Test
    void tooManyFilesAreNotWritten() throws Exception {
        for (int i = 0; i < 21; i++) {
            Files.writeString(web.resolve("file" + i), "text");
        }
        String commit = TestGit.commit(web, "one more");

        assertThatThrownBy(() -> fill(new GitLimits(MUCH, MUCH, 21, 0), commit, Checkout.DEFAULT))
                .isInstanceOf(GitException.class)
                .hasMessage(
                        "commit %s of %s is too large for this node: its workspace would have more than 21 files and folders; the limit is 'node.workspace-files' of the server for its own node, '--workspace-files' of 'millwright node run' for others",
                        commit, server.url("/open/web"));
        assertThat(
                        fill(new GitLimits(MUCH, MUCH, 22, 0), commit, Checkout.DEFAULT)
                                .resolve("file7"))
                .hasContent("text");
    }

    /// Ten trees within each other, each ten times: git would need more memory than there is.
    @Test
    void aFewTreesThatStandForTenBillionFilesAreNotRead() throws Exception {
        Files.writeString(web.resolve("file"), "text");
        String inner = git(web, "hash-object", "-w", "file");
        String mode = "100644 blob ";
        for (int depth = 0; depth < 10; depth++) {
            String entry = mode + inner + "\t";
            Path list = folder.resolve("list");
            Files.write(list, IntStream.range(0, 10).mapToObj(i -> entry + "d" + i).toList());
            inner = TestGit.read(web, list, "mktree");
            mode = "040000 tree ";
        }
        String commit = commitOfTree(inner);

        assertThatThrownBy(() -> fill(GitLimits.DEFAULT, commit, Checkout.DEFAULT))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("more than 1,000,000 files and folders");
    }

    /// The same without a single file: git would go through all of them and find nothing.
    @Test
    void aFewTreesThatStandForTenBillionEmptyFoldersAreNotRead() throws Exception {
        String inner = git(web, "mktree");
        for (int depth = 0; depth < 10; depth++) {
            String entry = "040000 tree " + inner + "\t";
            Path list = folder.resolve("list");
            Files.write(list, IntStream.range(0, 10).mapToObj(i -> entry + "d" + i).toList());
            inner = TestGit.read(web, list, "mktree");
        }
        String commit = commitOfTree(inner);

        assertThatThrownBy(() -> fill(FEW_FILES, commit, Checkout.DEFAULT))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("more than 1,000 files and folders");
    }

    /// Git's index has the whole path of each file, so one long name counts as often as there are
    /// files below it.
    @Test
    void aFewFilesWithPathsThatFillTheMemoryAreNotRead() throws Exception {
        Files.writeString(web.resolve("file"), "text");
        String blob = git(web, "hash-object", "-w", "file");
        Path list = folder.resolve("list");
        Files.write(
                list,
                IntStream.range(0, 5).mapToObj(i -> "100644 blob " + blob + "\tf" + i).toList());
        String inner = TestGit.read(web, list, "mktree");
        Files.writeString(list, "040000 tree " + inner + "\t" + "x".repeat(100_000) + "\n");
        String commit = commitOfTree(TestGit.read(web, list, "mktree"));

        assertThatThrownBy(() -> fill(FEW_FILES, commit, Checkout.DEFAULT))
                .isInstanceOf(GitException.class)
                .hasMessageContaining(
                        "its workspace would have paths of more than 256 bytes for each of 1,000 files and folders; the limit is 'node.workspace-files'");
    }

    private String commitOfTree(String tree) {
        String commit = git(web, "commit-tree", "-m", "bomb", tree);
        git(web, "update-ref", "refs/heads/main", commit);
        return commit;
    }

    @Test
    void manyBytesAreNotWritten() throws Exception {
        // The same again and again takes no room in the repository
        Path zeros = Files.write(web.resolve("zeros"), new byte[(int) (8 * MIB)]);
        String blob = git(web, "hash-object", "-w", zeros.toString());
        for (int i = 0; i < 256; i++) {
            git(web, "update-index", "--add", "--cacheinfo", "100644," + blob + ",zeros" + i);
        }
        git(web, "commit", "-q", "-m", "two gibibytes");
        String commit = git(web, "rev-parse", "HEAD");

        assertThatThrownBy(() ->
                        fill(new GitLimits(MUCH, 32 * MIB, MUCH, 0), commit, Checkout.DEFAULT))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("its workspace would take more than 32 MiB")
                .hasMessageContaining("'node.workspace-limit'");
    }

    @Test
    void submodulesAndLargeFilesCount() throws Exception {
        Path lib = repository("lib");
        incompressible(lib.resolve("large"), 3);
        var _ = TestGit.commit(lib, "of the library");
        git(web, "submodule", "--quiet", "add", lib.toString(), "lib");
        git(web, "config", "-f", ".gitmodules", "submodule.lib.url", "../lib");
        git(web, "lfs", "install", "--local");
        git(web, "lfs", "track", "*.bin");
        Files.write(web.resolve("large.bin"), new byte[(int) (3 * MIB)]);
        String commit = TestGit.commit(web, "with all");
        GitLimits limits = new GitLimits(MUCH, 2 * MIB, MUCH, 0);

        assertThat(fill(limits, commit, Checkout.DEFAULT).resolve("file")).hasContent("with all");
        for (Checkout checkout :
                new Checkout[] {new Checkout(0, true, false), new Checkout(0, false, true)}) {
            assertThatThrownBy(() -> fill(limits, commit, checkout))
                    .isInstanceOf(GitException.class)
                    .hasMessageContaining("its workspace would take more than 2 MiB");
        }
    }
}
