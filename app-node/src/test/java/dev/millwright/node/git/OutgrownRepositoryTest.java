package dev.millwright.node.git;

import static dev.millwright.node.git.TestGit.git;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.model.plan.Source.Checkout;
import dev.millwright.node.RepositoryLogin;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Copies of repositories that have become larger than they may be, and the new ones that take
/// their place.
@Tag("S30")
@Timeout(120)
final class OutgrownRepositoryTest extends ServedRepositories {
    private static final GitLimits PLENTY = new GitLimits(MUCH, MUCH, MUCH, 0);

    private void aWhileLater() {
        nanos.addAndGet(CachedRepository.EXCESS_HOLDS.toNanos());
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
        aWhileLater();

        Fetched after = cache.fetch(server.url("/open/web"), "main");

        assertThat(after.commit()).isEqualTo(other);
        // Steps that run may lean on the old one
        assertThat(before.bareRepository()).isDirectory();
        assertThat(FolderSize.of(after.bareRepository())).isLessThan(MIB / 4);
    }

    @Test
    void aCloneThatDidNotFitIsNotTriedAgainAtOnce() throws Exception {
        String small = TestGit.commit(web, "small");
        git(web, "checkout", "-q", "-b", "swollen");
        var _ = commitOf(3);
        git(web, "checkout", "-q", "main");
        GitCache cache = smallCache(2);
        String url = server.url("/open/web");
        assertThatThrownBy(() -> cache.fetch(url, small)).hasMessageContaining("more than 2 MiB");
        git(web, "branch", "-q", "-D", "swollen");

        assertThatThrownBy(() -> cache.fetch(url, small)).hasMessageContaining("more than 2 MiB");
        aWhileLater();
        assertThat(cache.fetch(url, small).commit()).isEqualTo(small);
    }

    @Test
    void ofWhatIsTooLargeNowTheCommitsThatAreThereStayInUse() throws Exception {
        String large = commitOf(3);
        String url = server.url("/open/web");
        Path bare = cache(PLENTY).fetch(url, "main").bareRepository();
        GitCache cache = smallCache(2);
        TestGit.commit(web, "one more");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> cache.fetch(url, "main"))
                    .isInstanceOf(GitException.class)
                    .hasMessageContaining("more than 2 MiB");
        }

        assertThat(cache.fetch(url, large)).isEqualTo(new Fetched(bare, large, ""));
    }

    @Test
    void whatOnlyDeadBranchesMakeTooLargeIsClonedAnewAtOnce() throws Exception {
        TestGit.commit(web, "small");
        git(web, "checkout", "-q", "-b", "swollen");
        var _ = commitOf(3);
        Fetched before = cache(PLENTY).fetch(server.url("/open/web"), "swollen");
        git(web, "checkout", "-q", "main");
        git(web, "branch", "-q", "-D", "swollen");
        String now = TestGit.commit(web, "one more");

        Fetched after = smallCache(2).fetch(server.url("/open/web"), "main");

        assertThat(after.commit()).isEqualTo(now);
        assertThat(after.bareRepository()).isNotEqualTo(before.bareRepository());
    }

    @Test
    void whatAWorkspaceLeansOnStaysHoweverOftenTheCloneIsMadeAnew() throws Exception {
        String commit = TestGit.commit(web, "text");
        String url = server.url("/open/web");
        Path tree = fill(PLENTY, commit, Checkout.DEFAULT);
        GitCache cache = cache(PLENTY);
        Fetched first = cache.fetch(url, commit);
        Fetched second = cache.renew(url, RepositoryLogin.NONE, commit, first);
        Fetched third = cache.renew(url, RepositoryLogin.NONE, commit, second);

        assertThat(git(tree, "log", "--format=%s")).isEqualTo("text");
        assertThat(first.bareRepository()).isDirectory();

        Trees.delete(tree);
        var _ = cache.renew(url, RepositoryLogin.NONE, commit, third);
        assertThat(first.bareRepository()).doesNotExist();
        assertThat(second.bareRepository()).doesNotExist();
        assertThat(third.bareRepository()).isDirectory();
    }
}
