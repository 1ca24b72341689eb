package dev.millwright.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.plan.RepositoryAccess;
import dev.millwright.model.plan.Source;
import dev.millwright.plugin.trigger.PullRequest;
import dev.millwright.plugin.trigger.RunRequest;
import dev.millwright.plugin.trigger.RunRequestBuilder;
import dev.millwright.server.git.Since;
import dev.millwright.server.trigger.Meaning;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TriggeredSourceTest {
    private static final String COMMIT = "c".repeat(40);
    private static final String BEFORE = "b".repeat(40);
    private static final Source PINNED =
            new Source(
                    "https://forge.example.org/web.git",
                    COMMIT,
                    "refs/heads/main",
                    "main",
                    "",
                    "a".repeat(40),
                    "As committed",
                    "Ada",
                    "ada@example.org",
                    List.of("read.txt"),
                    Source.Checkout.DEFAULT,
                    new RepositoryAccess("git", "${secret:vault/git}", null, List.of()));

    private static Meaning.Start start(RunRequestBuilder request) {
        return new Meaning.Start("push", null, null, Map.of(), "hook", List.of(), request.build());
    }

    private static RunRequestBuilder push() {
        return RunRequest.of("push").ref("refs/heads/main").commit(COMMIT).previousCommit(BEFORE);
    }

    private static RunRequestBuilder pullRequest() {
        return RunRequest.of("pull_request")
                .ref("refs/pull/17/head")
                .commit(COMMIT)
                .previousCommit(BEFORE)
                .pullRequest(
                        new PullRequest(17, "Fix", "fix", "release", "", List.of(), false, false));
    }

    @Test
    void whatTheTriggerLeavesOutTheRepositoryTells() {
        assertThat(TriggeredSource.of(PINNED, start(push()))).isEqualTo(PINNED);
    }

    @Test
    void whatTheTriggerTellsCounts() {
        Source source =
                TriggeredSource.of(
                        PINNED,
                        start(
                                push().message("As told")
                                        .author("Grace", "grace@example.org")
                                        .changedFiles(List.of("told.txt"))));

        assertThat(source.message()).isEqualTo("As told");
        assertThat(source.author()).isEqualTo("Grace");
        assertThat(source.authorEmail()).isEqualTo("grace@example.org");
        assertThat(source.changedFiles()).containsExactly("told.txt");
        assertThat(source.url()).isEqualTo(PINNED.url());
        assertThat(source.access()).isEqualTo(PINNED.access());
    }

    /// What a payload calls the repository of the change is shown, and never fetched.
    @Test
    void credentialsAreForTheRepositoryOfThePipelineAlone() {
        PullRequest fork =
                new PullRequest(
                        17,
                        "Fix",
                        "fix",
                        "release",
                        "https://elsewhere.example.org/fork.git",
                        List.of(),
                        false,
                        true);

        Source source = TriggeredSource.of(PINNED, start(push().pullRequest(fork)));

        assertThat(source.url()).isEqualTo(PINNED.url());
        assertThat(source.access()).isEqualTo(PINNED.access());
        assertThat(TriggeredSource.told(start(push().pullRequest(fork))).orElseThrow().access())
                .isEmpty();
    }

    @Test
    void aPullRequestBelongsToTheBranchThatItGoesTo() {
        Source pinned = TriggeredSource.of(PINNED, start(pullRequest()));

        assertThat(pinned.branch()).isEqualTo("release");
        assertThat(TriggeredSource.since(start(pullRequest()))).isEqualTo(new Since(BEFORE, true));
        assertThat(TriggeredSource.since(start(push()))).isEqualTo(new Since(BEFORE, false));
    }

    @Test
    void withoutARepositoryTheTriggerAloneTellsOfTheCommit() {
        Source told =
                TriggeredSource.told(start(push().changedFiles(List.of("told.txt")))).orElseThrow();

        assertThat(told.url()).isEmpty();
        assertThat(told.commit()).isEqualTo(COMMIT);
        assertThat(told.branch()).isEqualTo("main");
        assertThat(told.previousCommit()).isEqualTo(BEFORE);
        assertThat(told.changedFiles()).containsExactly("told.txt");
        // Nobody may conclude from an empty list that nothing has changed
        assertThat(TriggeredSource.told(start(push())).orElseThrow().previousCommit()).isEmpty();
        assertThat(TriggeredSource.told(start(RunRequest.of("manual")))).isEmpty();
    }
}
