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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GitlabTest {
    private static final String AFTER = "da1560886d4f094c3e6c9ef40349f7d38b5d27d7";
    private static final String BEFORE = "95790bf891e76fee5e1747ab589903a6a1f80f22";
    private static final String PUSH = "Push Hook";
    private static final String TAG = "Tag Push Hook";
    private static final String MERGE = "Merge Request Hook";

    private static Interpretation meaning(String event, String body, Map<String, Object> hook) {
        return Deliveries.meaning(Sender.GITLAB, event, body, hook);
    }

    private static Interpretation meaning(String event, String body) {
        return meaning(event, body, Map.of());
    }

    @Test
    void aPushTellsEverythingThatARunWantsToKnow() {
        assertThat(meaning(PUSH, payload("gitlab/push")))
                .isEqualTo(
                        Interpretation.run(
                                RunRequest.of("push")
                                        .ref("refs/heads/master")
                                        .commit(AFTER)
                                        .previousCommit(BEFORE)
                                        .message("fixed readme\n")
                                        .author("GitLab dev user", "gitlabdev@dv6700.(none)")
                                        .sender("jsmith")
                                        .link(
                                                "http://example.com/mike/tools/diaspora/-/commit/"
                                                        + AFTER)
                                        .changedFiles(
                                                List.of(
                                                        "CHANGELOG",
                                                        "README.md",
                                                        "app/controller/application.rb",
                                                        "old.txt"))
                                        .build()));
    }

    @Test
    void moreCommitsThanAreListedMeanThatFilesAreNotKnown() {
        String many =
                payload("gitlab/push", "\"total_commits_count\": 2", "\"total_commits_count\": 21");
        Map<String, Object> docs = Map.of("path", Map.of("include", List.of("docs/**")));
        assertThat(run(meaning(PUSH, many, docs)).changedFiles()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"app/**, true", "docs/**, false", "old.txt, true"})
    void changedFilesAreFiltered(String include, boolean runs) {
        Interpretation meaning =
                meaning(
                        PUSH,
                        payload("gitlab/push"),
                        Map.of("path", Map.of("include", List.of(include))));
        assertThat(meaning)
                .isInstanceOf(runs ? Interpretation.Runs.class : Interpretation.Ignored.class);
    }

    @Test
    void aNewBranchIsAPushWithoutAPreviousCommit() {
        RunRequest run = run(meaning(PUSH, payload("gitlab/branch-created")));
        assertThat(run.event()).isEqualTo("push");
        assertThat(run.ref()).isEqualTo("refs/heads/topic");
        assertThat(run.previousCommit()).isEmpty();
        assertThat(run.changedFiles()).isEmpty();
    }

    @Test
    void aHookMayListenToWhatComesAndGoesAlone() {
        Map<String, Object> create = Map.of("event", "create");
        RunRequest created = run(meaning(PUSH, payload("gitlab/branch-created"), create));
        assertThat(created.ref()).isEqualTo("refs/heads/topic");
        assertThat(created.commit()).isEqualTo(AFTER);
        assertThat(meaning(PUSH, payload("gitlab/push"), create))
                .isEqualTo(ignored("this hook does not listen to 'push' but to create"));
        assertThat(run(meaning(PUSH, payload("gitlab/branch-deleted"))))
                .isEqualTo(RunRequest.of("webhook").sender("jsmith").build());
        assertThat(
                        meaning(
                                TAG,
                                payload("gitlab/tag-deleted"),
                                Map.of("event", List.of("push", "tag"))))
                .isEqualTo(ignored("the tag 'v1.0.0' was deleted"));
    }

    @Test
    void aTagWithAMessageIsTheCommitThatItNames() {
        RunRequest run = run(meaning(TAG, payload("gitlab/tag-push")));
        assertThat(run.event()).isEqualTo("tag");
        assertThat(run.ref()).isEqualTo("refs/tags/v1.0.0");
        assertThat(run.commit()).isEqualTo(AFTER);
        assertThat(run.oncePerCommit()).isTrue();
    }

    @Test
    void whoPushesMayAskToSkip() {
        assertThat(
                        meaning(
                                PUSH,
                                payload(
                                        "gitlab/push",
                                        "\"message\": \"fixed readme",
                                        "\"message\": \"[ci skip] fixed readme")))
                .isEqualTo(ignored("the commit's message asks to skip"));
        assertThat(
                        meaning(
                                PUSH,
                                payload(
                                        "gitlab/push",
                                        "\"push_options\": {}",
                                        "\"push_options\": {\"ci\": {\"skip\": true}}")))
                .isEqualTo(ignored("whoever pushed asked to skip"));
    }

    @Test
    void aMergeRequestOfTheProjectItselfIsTrusted() {
        assertThat(meaning(MERGE, payload("gitlab/merge-request")))
                .isEqualTo(Interpretation.run(merge("pull_request", false)));
    }

    @Test
    void aMergeRequestOfAForkIsNot() {
        assertThat(meaning(MERGE, payload("gitlab/merge-request-fork")))
                .isEqualTo(Interpretation.run(merge("pull_request", true)));
        String gone =
                payload(
                        "gitlab/merge-request-fork",
                        "\"source_project_id\": 77",
                        "\"source_project_id\": null");
        assertThat(run(meaning(MERGE, gone)).trust()).isEqualTo(Trust.NONE);
    }

    private static RunRequest merge(String event, boolean fork) {
        String source = fork ? "awesome" : "mike/tools";
        return RunRequest.of(event)
                .ref("refs/merge-requests/16/head")
                .commit(AFTER)
                .sender("root")
                .link("http://example.com/mike/tools/diaspora/-/merge_requests/16")
                .pullRequest(
                        new PullRequest(
                                16,
                                "MS-Viewport",
                                "ms-viewport",
                                "master",
                                "http://example.com/%s/diaspora.git".formatted(source),
                                List.of("API"),
                                false,
                                fork))
                .trust(fork ? Trust.NONE : Trust.FULL)
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "open, pull_request, ''",
        "reopen, pull_request, ''",
        "merge, pull_request_closed, ''",
        "close, pull_request_closed, ''",
        "update, '', updated without new commits",
        "approved, '', approved",
        "unapproval, '', unapproved",
        "made_up, '', made_up"
    })
    void whatHappenedToAMergeRequestDecides(String action, String event, String told) {
        Interpretation meaning =
                meaning(
                        MERGE,
                        payload(
                                "gitlab/merge-request",
                                "\"action\": \"open\"",
                                "\"action\": \"%s\"".formatted(action)));
        assertThat(meaning)
                .isEqualTo(
                        event.isEmpty()
                                ? ignored(
                                        "a pull request that was %s starts nothing".formatted(told))
                                : Interpretation.run(merge(event, false)));
    }

    @Test
    void anUpdateWithNewCommitsIsBuilt() {
        assertThat(run(meaning(MERGE, payload("gitlab/merge-request-update"))).event())
                .isEqualTo("pull_request");
    }

    @ParameterizedTest
    @CsvSource({"master, true", "ms-*, false"})
    void theBranchThatItGoesToIsFiltered(String glob, boolean runs) {
        assertThat(meaning(MERGE, payload("gitlab/merge-request"), Map.of("branch", glob)))
                .isInstanceOf(runs ? Interpretation.Runs.class : Interpretation.Ignored.class);
    }

    @Test
    void aReleaseIsBuiltWhenItIsCreated() {
        assertThat(meaning("Release Hook", payload("gitlab/release")))
                .isEqualTo(
                        Interpretation.run(
                                RunRequest.of("release")
                                        .ref("refs/tags/v1.1")
                                        .link(
                                                "http://example.com/mike/tools/diaspora/-/releases/v1.1")
                                        .build()));
        assertThat(
                        meaning(
                                "Release Hook",
                                payload(
                                        "gitlab/release",
                                        "\"action\": \"create\"",
                                        "\"action\": \"update\"")))
                .isEqualTo(
                        ignored("a release with the action 'update' starts nothing; create does"));
    }

    @ParameterizedTest
    @CsvSource({
        "git@example.com:mike/tools/diaspora.git, true",
        "ssh://git@example.com/mike/tools/diaspora, true",
        "http://example.com/mike/tools/other.git, false",
        "http://example.com/tools/diaspora.git, false",
        "https://mirror.example.org/copy.git, true",
        "'', true"
    })
    void theHookOfAGroupStartsOnlyThePipelinesOfTheProject(String own, boolean runs) {
        Interpretation meaning =
                Sender.GITLAB
                        .trigger()
                        .interpret(
                                Deliveries.delivery(PUSH, payload("gitlab/push"), own),
                                Deliveries.hook(Map.of()));
        assertThat(meaning)
                .isEqualTo(
                        runs
                                ? meaning(PUSH, payload("gitlab/push"))
                                : ignored("it is about another repository: mike/tools/diaspora"));
    }

    @Test
    void inputsComeFromPointers() {
        Map<String, Object> hook =
                Map.of("inputs", Map.of("id", "/project/id", "gone", "/no/where"));
        assertThat(run(meaning(PUSH, payload("gitlab/push"), hook)).inputs())
                .isEqualTo(Map.of("id", "15"));
    }
}
