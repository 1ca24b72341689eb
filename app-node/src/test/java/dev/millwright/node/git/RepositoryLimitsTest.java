package dev.millwright.node.git;

import static dev.millwright.node.git.TestGit.git;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millwright.model.plan.Source.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Repositories that want more room than they may have, from git's own server.
@Tag("S30")
@Timeout(120)
final class RepositoryLimitsTest extends ServedRepositories {
    private static final GitLimits FEW_FILES = new GitLimits(MUCH, MUCH, 1000, 0);

    @Test
    void aRepositoryThatIsTooLargeIsRefusedAndLeavesNothing() throws Exception {
        var _ = commitOf(3);

        assertThatThrownBy(() -> smallCache(2).fetch(server.url("/open/web"), "main"))
                .isInstanceOf(GitException.class)
                .hasMessage(
                        "the repository %s is too large for this node: its copy would take more than 2 MiB; the limit is 'git.repository-limit' of the server (for itself and its own node), or '--repository-limit' of 'millwright node run'",
                        server.url("/open/web"));

        assertThat(FolderSize.of(folder.resolve("cache"))).isLessThan(MIB / 4);
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

        assertThat(FolderSize.of(folder.resolve("cache"))).isLessThan(MIB / 4);
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
        assertThat(FolderSize.of(bare)).isLessThan(MIB / 4);
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
        await().atMost(Duration.ofSeconds(30))
                .until(() -> FolderSize.of(folder.resolve("cache")) > 2 * MIB);

        fetching.interrupt();

        assertThat(end.get()).isEqualTo("git was interrupted");
        assertThat(FolderSize.of(folder.resolve("cache"))).isLessThan(MIB / 4);
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
        Path list = folder.resolve("list");
        Files.write(
                list,
                IntStream.range(0, 256).mapToObj(i -> "100644 " + blob + "\tzeros" + i).toList());
        TestGit.read(web, list, "update-index", "--index-info");
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
        Pieces.write(lib.resolve("large"), 3);
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
