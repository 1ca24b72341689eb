package dev.millwright.gitpoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.plugin.poll.PollResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the built plugin finds in a repository that Git's own HTTP server hands out.
@Timeout(120)
final class LooksIT {
    @TempDir Path folder;
    private GitServer server;
    private Origin origin;
    private Looking looking;
    private String url;

    @BeforeEach
    void serve() throws Exception {
        server = GitServer.start(folder);
        origin = Origin.create(folder.resolve("web.git"));
        url = server.url("/open/web.git");
        looking = Looking.everywhere();
    }

    @AfterEach
    void stop() {
        looking.close();
        server.close();
    }

    @Test
    void theFirstLookOnlyRemembersWhatIsThere() throws Exception {
        origin.commit("main");
        assertThat(looking.found(url)).isEmpty();
        String next = origin.commit("main");
        assertThat(looking.found(url)).containsExactly("refs/heads/main " + next);
        assertThat(looking.found(url)).isEmpty();
    }

    @Test
    void aRepositoryThatIsEmptyGetsARunForItsFirstCommit() throws Exception {
        assertThat(looking.found(url)).isEmpty();
        assertThat(looking.found(url)).isEmpty();
        String first = origin.commit("main");
        assertThat(looking.found(url)).containsExactly("refs/heads/main " + first);
    }

    @Test
    void branchesAndTagsAreFoundByPattern() throws Exception {
        origin.commit("main");
        Object[] poll = {"branch", List.of("main", "release/*"), "tag", List.of("v*")};
        assertThat(looking.found(url, poll)).isEmpty();
        String release = origin.commit("release/2");
        String other = origin.commit("try/this");
        origin.git("tag", "v1", release);
        origin.git(
                "-c", "user.name=a", "-c", "user.email=a@b", "tag", "-a", "-m", "x", "v2", other);
        origin.git("tag", "nightly", other);

        assertThat(looking.found(url, poll))
                .containsExactly(
                        "refs/heads/release/2 " + release,
                        "refs/tags/v1 " + release,
                        "refs/tags/v2 " + other);
        assertThat(looking.found(url, poll)).isEmpty();
    }

    @Test
    void tagsAloneAreLookedAt() throws Exception {
        String commit = origin.commit("main");
        Object[] poll = {"branch", List.of(), "tag", List.of("**")};
        assertThat(looking.found(url, poll)).isEmpty();
        origin.commit("main");
        origin.git("tag", "v1", commit);
        assertThat(looking.found(url, poll)).containsExactly("refs/tags/v1 " + commit);
    }

    @Test
    void aForcedPushIsNewAndADeletedBranchIsNothing() throws Exception {
        origin.commit("main");
        origin.commit("old");
        looking.found(url);
        String forced = origin.force("main");
        origin.delete("refs/heads/old");
        assertThat(looking.found(url)).containsExactly("refs/heads/main " + forced);
        assertThat(looking.found(url)).isEmpty();
        String back = origin.commit("old");
        assertThat(looking.found(url)).containsExactly("refs/heads/old " + back);
    }

    @Test
    void ofSeveralCommitsTheNewestIsRunAndKnowsTheOneBefore() throws Exception {
        String before = origin.commit("main");
        looking.found(url);
        origin.commit("main");
        String newest = origin.commit("main");
        PollResult.Looked looked = (PollResult.Looked) looking.at(url);
        assertThat(looked.findings()).hasSize(1);
        assertThat(looked.findings().getFirst().request().commit()).isEqualTo(newest);
        assertThat(looked.findings().getFirst().request().previousCommit()).isEqualTo(before);
        assertThat(looked.findings().getFirst().request().event()).isEqualTo("push");
        assertThat(looked.findings().getFirst().request().oncePerCommit()).isTrue();
        assertThat(looked.findings().getFirst().key()).isEqualTo("refs/heads/main@" + newest);
    }

    @Test
    void everyCommitIsRunWhereThePollSaysSo() throws Exception {
        Object[] poll = {"commits", "every"};
        String before = origin.commit("main");
        looking.found(url, poll);
        String one = origin.commit("main");
        String two = origin.commit("main");
        origin.git("config", "uploadpack.allowFilter", "true");
        String three = origin.commit("main");
        PollResult.Looked looked = (PollResult.Looked) looking.at(url, poll);
        assertThat(looked.findings())
                .extracting(finding -> finding.request().commit())
                .containsExactly(one, two, three);
        assertThat(looked.findings())
                .extracting(finding -> finding.request().previousCommit())
                .containsExactly(before, one, two);

        origin.git("config", "uploadpack.allowFilter", "false");
        String four = origin.commit("main");
        String five = origin.commit("main");
        String branched = origin.commit("new");
        assertThat(looking.found(url, poll))
                .containsExactly(
                        "refs/heads/main " + four,
                        "refs/heads/main " + five,
                        "refs/heads/new " + branched);
        String forced = origin.force("main");
        assertThat(looking.found(url, poll)).containsExactly("refs/heads/main " + forced);
    }

    @Test
    void moreCommitsThanAreFetchedAreOneRun() throws Exception {
        Object[] poll = {"commits", "every"};
        origin.commit("main");
        looking.found(url, poll);
        String newest = "";
        for (int i = 0; i <= History.MOST; i++) {
            newest = origin.commit("main");
        }
        assertThat(looking.found(url, poll)).containsExactly("refs/heads/main " + newest);
    }

    @Test
    void aFolderIsARepositoryWhereTheAdministratorAllowsIt() throws Exception {
        origin.commit("main");
        for (String folder : List.of(origin.folder().toString(), "file://" + origin.folder())) {
            looking.anew();
            assertThat(looking.found(folder)).isEmpty();
            String next = origin.commit("main");
            assertThat(looking.found(folder)).containsExactly("refs/heads/main " + next);
        }
    }

    @Test
    void thePollMayNameAnotherRepositoryThanThePipeline() throws Exception {
        origin.commit("main");
        assertThat(looking.found("https://nowhere.invalid/x.git", "repository", url)).isEmpty();
        assertThat(looking.state).contains("refs/heads/main");
    }

    @Test
    void credentialsAreAskedForByTheServerAndComeFromThePoll() throws Exception {
        origin.commit("main");
        String closed = server.url("/closed/web.git");
        assertThat(looking.failure(closed).reason()).contains("127.0.0.1");
        assertThat(looking.failure(closed, "user", "ada", "password", "${env:WRONG}").reason())
                .doesNotContain("secret-WRONG")
                .containsIgnoringCase("not authorized");
    }
}
