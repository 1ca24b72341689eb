package dev.millwright.forges;

import static dev.millwright.forges.Deliveries.ignored;
import static dev.millwright.forges.Deliveries.payload;
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

final class BitbucketDataCenterTest {
    private static final String PUSH = "repo:refs_changed";
    private static final String AFTER = "a00945762949b7787503ff14fdb4f8bb6eb56a18";
    private static final String BEFORE = "ecddabb624f6f5ba43816f5926e580a5f680a932";

    private static Interpretation meaning(String event, String name, Map<String, Object> hook) {
        return Deliveries.meaning(
                Sender.DATA_CENTER, event, payload("bitbucket-data-center/" + name), hook);
    }

    @Test
    void aPushTellsEverythingThatARunWantsToKnowButFiles() {
        assertThat(meaning(PUSH, "push", Map.of("path", Map.of("include", List.of("docs/**")))))
                .isEqualTo(
                        Interpretation.run(
                                RunRequest.of("push")
                                        .ref("refs/heads/master")
                                        .commit(AFTER)
                                        .previousCommit(BEFORE)
                                        .message("Mend the gate")
                                        .author("admin", "admin@example.com")
                                        .sender("admin")
                                        .build()));
    }

    @Test
    void anOldServerTellsLess() {
        assertThat(meaning(PUSH, "push-old", Map.of()))
                .isEqualTo(
                        Interpretation.run(
                                RunRequest.of("push")
                                        .ref("refs/heads/master")
                                        .commit(AFTER)
                                        .previousCommit(BEFORE)
                                        .sender("admin")
                                        .build()));
    }

    @Test
    void aPushOfSeveralRefsIsARunForEach() {
        assertThat(meaning(PUSH, "push-several", Map.of()))
                .isInstanceOfSatisfying(
                        Interpretation.Runs.class,
                        runs ->
                                assertThat(runs.requests())
                                        .extracting(
                                                RunRequest::event,
                                                RunRequest::ref,
                                                RunRequest::commit)
                                        .containsExactly(
                                                Tuple.tuple("push", "refs/heads/master", AFTER),
                                                Tuple.tuple("push", "refs/heads/topic", AFTER),
                                                // The commit of a tag is left to who fetches it
                                                Tuple.tuple("tag", "refs/tags/v1", ""),
                                                Tuple.tuple("webhook", "", "")));
    }

    @Test
    void aDeletedBranchIsNotBuilt() {
        assertThat(meaning(PUSH, "branch-deleted", Map.of("event", "push")))
                .isEqualTo(ignored("the branch 'gone' was deleted"));
    }

    @Test
    void aTestOfTheConnectionStartsNothing() {
        assertThat(meaning("diagnostics:ping", "ping", Map.of()))
                .isEqualTo(ignored("Bitbucket asks whether the hook works; it does"));
    }

    private static RunRequest pull(String event, boolean fork) {
        return RunRequest.of(event)
                .ref("refs/pull-requests/11/from")
                .commit("ef8755f06ee4b28c96a847a95cb8ec8ed6ddd1ca")
                .previousCommit("178864a7d521b6f5e720b386b2c2b0ef8563e0dc")
                .sender("admin")
                .link(
                        "https://bitbucket.example.com/projects/PROJ/repos/repository/pull-requests/11")
                .pullRequest(
                        new PullRequest(
                                11,
                                "a new file added",
                                "a-branch",
                                "master",
                                "",
                                List.of(),
                                false,
                                fork))
                .trust(fork ? Trust.NONE : Trust.FULL)
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "pr:opened, pull_request",
        "pr:reopened, pull_request",
        "pr:from_ref_updated, pull_request",
        "pr:merged, pull_request_closed",
        "pr:declined, pull_request_closed",
        "pr:deleted, pull_request_closed"
    })
    void whatHappenedToAPullRequestDecides(String key, String event) {
        assertThat(meaning(key, "pull-request", Map.of()))
                .isEqualTo(Interpretation.run(pull(event, false)));
        assertThat(meaning(key, "pull-request-fork", Map.of()))
                .isEqualTo(Interpretation.run(pull(event, true)));
    }

    @ParameterizedTest
    @CsvSource({"pr:modified", "pr:comment:added", "pr:reviewer:approved", "repo:modified"})
    void otherEventsStartNothing(String key) {
        assertThat(meaning(key, "pull-request", Map.of()))
                .isEqualTo(ignored("nothing starts for the event '%s'".formatted(key)));
    }

    @ParameterizedTest
    @CsvSource({
        "https://bitbucket.example.com/scm/proj/repository.git, '', true",
        "https://example.com/bitbucket/scm/PROJ/repository.git, '', true",
        "ssh://git@bitbucket.example.com:7999/proj/repository.git, '', true",
        "ssh://git@bitbucket.example.com:7999/proj/other.git, '', false",
        "https://mirror.example.org/copies/repository.git, '', false",
        "https://mirror.example.org/copies/repository.git, PROJ/repository, true",
        "https://bitbucket.example.com/scm/proj/repository.git, PROJ/other, false",
        "/srv/git/repository.git, '', true"
    })
    void theHookOfAProjectStartsOnlyThePipelinesOfTheRepository(
            String own, String named, boolean runs) {
        Map<String, Object> hook = named.isEmpty() ? Map.of() : Map.of("repository", named);
        for (String event : List.of(PUSH, "pr:opened")) {
            String name = event.equals(PUSH) ? "push" : "pull-request";
            Interpretation meaning =
                    Sender.DATA_CENTER
                            .trigger()
                            .interpret(
                                    Deliveries.delivery(
                                            event, payload("bitbucket-data-center/" + name), own),
                                    Deliveries.hook(hook));
            assertThat(meaning)
                    .isEqualTo(
                            runs
                                    ? meaning
                                    : ignored("it is about another repository: PROJ/repository"));
            assertThat(meaning instanceof Interpretation.Runs).isEqualTo(runs);
        }
    }
}
