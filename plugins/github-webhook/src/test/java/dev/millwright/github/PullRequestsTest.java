package dev.millwright.github;

import static dev.millwright.github.Deliveries.meaning;
import static dev.millwright.github.Deliveries.payload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.plugin.trigger.PullRequest;
import dev.millwright.plugin.trigger.RunRequest;
import dev.millwright.plugin.trigger.RunRequest.Trust;
import dev.millwright.plugin.webhook.Interpretation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PullRequestsTest {
    private static final String SAME = "{'id': 1, 'clone_url': 'https://github.com/octo/web.git'}";
    private static final String FORK = "{'id': 9, 'clone_url': 'https://github.com/eve/web.git'}";

    private static String pull(String action, String source, String title) {
        return payload(
                """
                'action': '%s', 'number': 17, 'pull_request': {
                  'number': 17, 'title': '%s', 'draft': true, 'labels': [{'name': 'bug'}],
                  'html_url': 'https://github.com/octo/web/pull/17',
                  'head': {'ref': 'fix-gate', 'sha': 'abc1', 'repo': %s},
                  'base': {'ref': 'main', 'sha': 'def2', 'repo': {'id': 1}}}
                """
                        .formatted(action, title, source));
    }

    private static RunRequest expected(String event, PullRequest pull, Trust trust) {
        return RunRequest.of(event)
                .ref("refs/pull/17/head")
                .commit("abc1")
                .previousCommit("def2")
                .sender("mona")
                .link("https://github.com/octo/web/pull/17")
                .pullRequest(pull)
                .trust(trust)
                .build();
    }

    private static PullRequest described(String source, boolean fork) {
        return new PullRequest(
                17, "Fix the gate", "fix-gate", "main", source, List.of("bug"), true, fork);
    }

    @ParameterizedTest
    @CsvSource({
        "opened, pull_request",
        "reopened, pull_request",
        "synchronize, pull_request",
        "closed, pull_request_closed"
    })
    void aPullRequestOfTheRepositoryItselfIsTrusted(String action, String event) {
        assertThat(meaning("pull_request", pull(action, SAME, "Fix the gate"), Map.of()))
                .isEqualTo(
                        Interpretation.run(
                                expected(
                                        event,
                                        described("https://github.com/octo/web.git", false),
                                        Trust.FULL)));
    }

    @ParameterizedTest
    @Tag("S40")
    @ValueSource(strings = {"opened", "reopened", "synchronize", "closed"})
    void aForkIsNeverTrusted(String action) {
        String event = action.equals("closed") ? "pull_request_closed" : "pull_request";
        assertThat(meaning("pull_request", pull(action, FORK, "Fix the gate"), Map.of()))
                .isEqualTo(
                        Interpretation.run(
                                expected(
                                        event,
                                        described("https://github.com/eve/web.git", true),
                                        Trust.NONE)));
    }

    @Test
    @Tag("S40")
    void aForkThatIsGoneIsNotTrustedEither() {
        assertThat(meaning("pull_request", pull("reopened", "null", "Fix the gate"), Map.of()))
                .isEqualTo(
                        Interpretation.run(
                                expected("pull_request", described("", true), Trust.NONE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"labeled", "edited", "assigned", "ready_for_review", "made_up"})
    void otherActionsStartNothing(String action) {
        assertThat(meaning("pull_request", pull(action, SAME, "Fix"), Map.of()))
                .isInstanceOfSatisfying(
                        Interpretation.Ignored.class,
                        ignored -> assertThat(ignored.reason()).contains("was " + action));
    }

    @ParameterizedTest
    @CsvSource({"main, true", "fix-*, false"})
    void theBranchThatItGoesToIsFiltered(String glob, boolean runs) {
        assertThat(meaning("pull_request", pull("opened", SAME, "Fix"), Map.of("branch", glob)))
                .isInstanceOf(runs ? Interpretation.Runs.class : Interpretation.Ignored.class);
    }

    @Test
    void itsTitleMayAskToSkip() {
        assertThat(meaning("pull_request", pull("opened", SAME, "Docs [skip ci]"), Map.of()))
                .isEqualTo(new Interpretation.Ignored("the pull request's title asks to skip"));
    }
}
