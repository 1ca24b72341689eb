package dev.millwright.forges;

import static dev.millwright.forges.Deliveries.ignored;
import static dev.millwright.forges.Deliveries.payload;
import static dev.millwright.forges.Deliveries.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.plugin.trigger.PullRequest;
import dev.millwright.plugin.trigger.RunRequest;
import dev.millwright.plugin.trigger.RunRequest.Trust;
import dev.millwright.plugin.webhook.Interpretation;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BitbucketCloudTest {
    private static final String AFTER = "709d658dc5b6d6afcd46049c2f332ee3f515a67d";
    private static final String BEFORE = "1e65c05c1d5171631d92438a13901ca7dae9618c";

    private static Interpretation meaning(String event, String body, Map<String, Object> hook) {
        return Deliveries.meaning(Sender.BITBUCKET, event, body, hook);
    }

    private static Interpretation pushed(String name) {
        return meaning("repo:push", payload("bitbucket/" + name), Map.of());
    }

    private static RunRequest main() {
        return RunRequest.of("push")
                .ref("refs/heads/main")
                .commit(AFTER)
                .previousCommit(BEFORE)
                .message("new commit message\n")
                .author("Emma", "emma@example.com")
                .sender("emmap1")
                .link("https://bitbucket.org/team_name/repo_name/commits/" + AFTER)
                .build();
    }

    @ParameterizedTest
    @CsvSource({"push", "push-forced"})
    void aPushTellsEverythingThatARunWantsToKnowButFiles(String name) {
        assertThat(pushed(name)).isEqualTo(Interpretation.run(main()));
        Map<String, Object> docs = Map.of("path", Map.of("include", List.of("docs/**")));
        assertThat(meaning("repo:push", payload("bitbucket/" + name), docs))
                .as("what is not told is not filtered")
                .isEqualTo(Interpretation.run(main()));
    }

    @Test
    void aPushOfSeveralRefsIsARunForEach() {
        assertThat(pushed("push-several"))
                .isInstanceOfSatisfying(
                        Interpretation.Runs.class,
                        runs ->
                                assertThat(runs.requests())
                                        .extracting(
                                                RunRequest::event,
                                                RunRequest::ref,
                                                RunRequest::commit)
                                        .containsExactly(
                                                tuple("push", "refs/heads/main", AFTER),
                                                tuple("push", "refs/heads/topic", AFTER),
                                                tuple("tag", "refs/tags/v1", AFTER),
                                                tuple("webhook", "", "")));
    }

    private static Tuple tuple(Object... values) {
        return Tuple.tuple(values);
    }

    @Test
    void whatTheHookDoesNotWantOfSeveralIsLeftOut() {
        assertThat(
                        meaning(
                                "repo:push",
                                payload("bitbucket/push-several"),
                                Map.of("event", "push", "branch", "main")))
                .isEqualTo(Interpretation.run(main()));
        assertThat(
                        meaning(
                                "repo:push",
                                payload("bitbucket/push-several"),
                                Map.of("event", "push", "branch", "other")))
                .isEqualTo(
                        ignored(
                                "the branch is 'main', not other; the branch is 'topic', not other;"
                                        + " this hook does not listen to 'tag' but to push; and 1"
                                        + " more"));
    }

    @Test
    void tagsAndDeletionsAreUnderstood() {
        assertThat(run(pushed("tag-push")).event()).isEqualTo("tag");
        assertThat(run(pushed("branch-deleted")))
                .isEqualTo(RunRequest.of("webhook").sender("emmap1").build());
        assertThat(
                        meaning(
                                "repo:push",
                                payload("bitbucket/branch-deleted"),
                                Map.of("event", "push")))
                .isEqualTo(ignored("the branch 'gone' was deleted"));
    }

    private static PullRequest described(String owner, boolean fork) {
        return new PullRequest(
                17,
                "Title of pull request",
                "branch2",
                "main",
                "https://bitbucket.org/%s/repo_name".formatted(owner),
                List.of(),
                false,
                fork);
    }

    @ParameterizedTest
    @CsvSource({
        "pullrequest:created, pull_request, refs/heads/branch2",
        "pullrequest:updated, pull_request, refs/heads/branch2",
        "pullrequest:fulfilled, pull_request_closed, refs/heads/main",
        "pullrequest:rejected, pull_request_closed, refs/heads/main"
    })
    void aPullRequestIsBuiltFromItsBranchAndACleanUpFromItsTarget(
            String key, String event, String ref) {
        assertThat(meaning(key, payload("bitbucket/pull-request"), Map.of()))
                .isEqualTo(
                        Interpretation.run(
                                RunRequest.of(event)
                                        .ref(ref)
                                        .sender("emmap1")
                                        .link(
                                                "https://bitbucket.org/team_name/repo_name/pull-requests/17")
                                        .pullRequest(described("team_name", false))
                                        .oncePerCommit(event.equals("pull_request"))
                                        .build()));
    }

    @Test
    void aForkIsNeverTrustedAndBuiltOnlyWhereNothingIsCloned() {
        String fork = payload("bitbucket/pull-request-fork");
        assertThat(meaning("pullrequest:created", fork, Map.of()))
                .isInstanceOfSatisfying(
                        Interpretation.Ignored.class,
                        ignored -> assertThat(ignored.reason()).contains("of a fork"));
        RunRequest inline =
                run(
                        Sender.BITBUCKET
                                .trigger()
                                .interpret(
                                        Deliveries.delivery("pullrequest:created", fork, ""),
                                        Deliveries.hook(Map.of())));
        assertThat(inline.trust()).isEqualTo(Trust.NONE);
        assertThat(inline.pullRequest()).contains(described("eve", true));
        assertThat(inline.ref()).isEmpty();
        assertThat(run(meaning("pullrequest:rejected", fork, Map.of())).trust())
                .isEqualTo(Trust.NONE);
    }

    @ParameterizedTest
    @CsvSource({"pullrequest:approved", "repo:commit_status_updated", "issue:created"})
    void otherEventsStartNothing(String key) {
        assertThat(meaning(key, "no json", Map.of()))
                .isEqualTo(ignored("nothing starts for the event '%s'".formatted(key)));
    }

    @ParameterizedTest
    @CsvSource({
        "git@bitbucket.org:Team_Name/repo_name.git, true",
        "https://ada@bitbucket.org/team_name/repo_name.git, true",
        "https://bitbucket.org/team_name/other.git, false"
    })
    void theHookOfAWorkspaceStartsOnlyThePipelinesOfTheRepository(String own, boolean runs) {
        Interpretation meaning =
                Sender.BITBUCKET
                        .trigger()
                        .interpret(
                                Deliveries.delivery("repo:push", payload("bitbucket/push"), own),
                                Deliveries.hook(Map.of()));
        assertThat(meaning)
                .isInstanceOf(runs ? Interpretation.Runs.class : Interpretation.Ignored.class);
    }
}
