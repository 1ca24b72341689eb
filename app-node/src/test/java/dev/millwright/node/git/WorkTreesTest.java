package dev.millwright.node.git;

import static dev.millwright.node.git.TestGit.git;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.model.plan.Source.Checkout;
import dev.millwright.node.WorkspaceRequest;
import dev.millwright.plugin.NetworkWall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against git's own server over HTTP.
class WorkTreesTest {
    private static final GitSettings SETTINGS =
            new GitSettings(
                    true, true, Duration.ofSeconds(60), NetworkWall.OPEN, GitLimits.DEFAULT);

    @TempDir Path folder;
    private final AtomicInteger trees = new AtomicInteger();
    private GitHttpServer server;
    private GitCache cache;

    @BeforeEach
    void start() throws Exception {
        server = GitHttpServer.start(Files.createDirectory(folder.resolve("served")));
        cache = GitCache.create(folder.resolve("cache"), SETTINGS);
        TestGit.init(repository("web"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Path repository(String name) {
        return folder.resolve("served").resolve(name);
    }

    private String commit(String name, String text) {
        return TestGit.commit(repository(name), text);
    }

    private Path fill(String url, String commit, Checkout checkout) throws IOException {
        Path tree = Files.createDirectory(folder.resolve("tree" + trees.incrementAndGet()));
        new WorkTrees(cache)
                .fill(tree, new WorkspaceRequest(url, commit, "refs/heads/main", checkout));
        return tree;
    }

    @Test
    void aCommitIsCheckedOutExactly() throws Exception {
        String first = commit("web", "one");
        commit("web", "two");

        Path tree = fill(server.url("/open/web"), first, Checkout.DEFAULT);

        assertThat(tree.resolve("file")).hasContent("one");
        assertThat(git(tree, "rev-parse", "HEAD")).isEqualTo(first);
    }

    @Test
    void aPinnedCommitStaysAfterAForcePush() throws Exception {
        commit("web", "base");
        String pinned = commit("web", "pinned");
        Fetched planned = cache.fetch(server.url("/open/web"), "main");
        assertThat(planned.commit()).isEqualTo(pinned);
        git(repository("web"), "reset", "-q", "--hard", "HEAD~1");
        commit("web", "other");
        assertThat(cache.fetch(server.url("/open/web"), "main").commit()).isNotEqualTo(pinned);

        assertThat(fill(server.url("/open/web"), pinned, Checkout.DEFAULT).resolve("file"))
                .hasContent("pinned");
    }

    @Test
    void historyIsCutWhenAskedFor() throws Exception {
        commit("web", "one");
        commit("web", "two");
        String last = commit("web", "three");

        Path whole = fill(server.url("/open/web"), last, Checkout.DEFAULT);
        Path cut = fill(server.url("/open/web"), last, new Checkout(2, false, false));

        assertThat(git(whole, "rev-list", "--count", "HEAD")).isEqualTo("3");
        assertThat(git(cut, "rev-list", "--count", "HEAD")).isEqualTo("2");
    }

    @Test
    @Tag("S30")
    void submodulesComeWhenAskedFor() throws Exception {
        TestGit.init(repository("lib"));
        commit("lib", "of the library");
        commit("web", "one");
        git(repository("web"), "submodule", "--quiet", "add", repository("lib").toString(), "lib");
        git(repository("web"), "config", "-f", ".gitmodules", "submodule.lib.url", "../lib");
        String with = commit("web", "two");

        Path tree = fill(server.url("/open/web"), with, new Checkout(0, true, false));
        Path without = fill(server.url("/open/web"), with, Checkout.DEFAULT);

        assertThat(tree.resolve("lib/file")).hasContent("of the library");
        assertThat(without.resolve("lib/file")).doesNotExist();
    }

    @Test
    @Tag("S30")
    void largeFilesComeWhenAskedFor() throws Exception {
        Path repository = repository("web");
        git(repository, "lfs", "install", "--local");
        git(repository, "lfs", "track", "*.bin");
        Files.writeString(repository.resolve("big.bin"), "large".repeat(10_000));
        String with = commit("web", "with a large file");

        Path tree = fill(server.url("/open/web"), with, new Checkout(0, false, true));
        Path cut = fill(server.url("/open/web"), with, new Checkout(1, false, true));
        Path without = fill(server.url("/open/web"), with, Checkout.DEFAULT);

        assertThat(tree.resolve("big.bin")).hasContent("large".repeat(10_000));
        assertThat(cut.resolve("big.bin")).hasContent("large".repeat(10_000));
        assertThat(without.resolve("big.bin")).content().startsWith("version https://git-lfs");
    }

    @Test
    @Tag("S30")
    void aSubmoduleThatIsAFolderOfThisMachineIsRefused() throws Exception {
        TestGit.init(repository("secret"));
        commit("secret", "of this machine");
        commit("web", "one");
        git(
                repository("web"),
                "submodule",
                "--quiet",
                "add",
                "file://" + repository("secret"),
                "stolen");
        String with = commit("web", "two");

        assertThatThrownBy(() -> fill(server.url("/open/web"), with, new Checkout(0, true, false)))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("transport 'file' not allowed");
    }

    @Test
    void gitsOwnWordsTellWhatIsWrong() throws Exception {
        commit("web", "one");

        assertThatThrownBy(() -> cache.fetch(server.url("/closed/web"), "main"))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("could not read Username");
        assertThatThrownBy(() -> cache.fetch(server.url("/open/nothing"), "main"))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("not found");
        assertThatThrownBy(() -> cache.fetch(server.url("/open/web"), "nowhere"))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void aServerThatNeverAnswersIsLeft() {
        GitSettings hasty =
                new GitSettings(
                        true, true, Duration.ofSeconds(1), NetworkWall.OPEN, GitLimits.DEFAULT);
        GitCache impatient = GitCache.create(folder.resolve("hasty"), hasty);

        assertThatThrownBy(() -> impatient.fetch(server.url("/silent/web"), "main"))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("took too long");
    }

    @Test
    void aCacheWithoutItsObjectsIsHealed() throws Exception {
        String url = server.url("/open/web");
        String commit = commit("web", "one");
        fill(url, commit, Checkout.DEFAULT);
        Path bare = cache.fetch(url, commit).bareRepository();
        empty(bare.resolve("objects"));

        assertThat(fill(url, commit, Checkout.DEFAULT).resolve("file")).hasContent("one");
    }

    private static void empty(Path directory) throws IOException {
        Trees.delete(directory);
        Files.createDirectory(directory);
    }

    @Test
    void theDefaultBranchIsThatOfTheRepositoryItself() throws Exception {
        commit("web", "one");
        git(folder, "clone", "-q", repository("web").toString(), repository("clone").toString());
        String newest = commit("clone", "two");

        Fetched found = cache.fetch(server.url("/open/clone"), "");

        assertThat(found.commit()).isEqualTo(newest);
        assertThat(found.ref()).isEqualTo("refs/heads/main");
    }

    @Test
    void withoutADefaultBranchItIsTheCommitThatTheRepositoryIsAt() throws Exception {
        String first = commit("web", "one");
        commit("web", "two");
        git(repository("web"), "checkout", "-q", "--detach", first);

        assertThat(cache.fetch(server.url("/open/web"), ""))
                .extracting(Fetched::commit, Fetched::ref)
                .containsExactly(first, "");
    }

    @Test
    void halfAPackOfAKilledFetchIsDeleted() throws Exception {
        commit("web", "one");
        Path bare = cache.fetch(server.url("/open/web"), "main").bareRepository();
        Path half = Files.writeString(bare.resolve("objects/pack/tmp_pack_x1"), "half");

        GitCache nextLife = GitCache.create(folder.resolve("cache"), SETTINGS);
        assertThat(nextLife.fetch(server.url("/open/web"), "main").bareRepository())
                .isEqualTo(bare);

        assertThat(half).doesNotExist();
    }

    @Test
    void credentialsAreNeverShown() {
        assertThat(GitUrl.withoutCredentials("at HTTPS://ada:se@cret@example.org/x failed"))
                .isEqualTo("at HTTPS://***@example.org/x failed");
    }
}
