package dev.millwright.forges;

import static dev.millwright.forges.Deliveries.ignored;
import static dev.millwright.forges.Deliveries.payload;
import static dev.millwright.forges.Deliveries.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.Payload;
import dev.millwright.plugin.trigger.PullRequest;
import dev.millwright.plugin.trigger.RunRequest;
import dev.millwright.plugin.trigger.RunRequest.Trust;
import dev.millwright.plugin.webhook.Interpretation;
import dev.millwright.plugin.webhook.StoredDelivery;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Gitea, and Forgejo, whose payloads are the same.
final class GiteaTest {
    private static final String AFTER = "bffeb74224043ba2feb48d137756c8a9331c449a";
    private static final String BEFORE = "28e1879d029cb852e4844d9c718537df08844e03";

    private static Interpretation meaning(String event, String body) {
        return Deliveries.meaning(Sender.GITEA, event, body, Map.of());
    }

    private static RunRequest pushed() {
        return RunRequest.of("push")
                .ref("refs/heads/develop")
                .commit(AFTER)
                .previousCommit(BEFORE)
                .message("Webhooks Yay!")
                .author("Gitea", "someone@gitea.io")
                .sender("gitea")
                .link("http://localhost:3000/gitea/webhooks/commit/" + AFTER)
                .changedFiles(List.of("docs/hooks.md", "src/Main.java"))
                .build();
    }

    @ParameterizedTest
    @EnumSource(names = {"GITEA", "FORGEJO"})
    void aPushTellsEverythingThatARunWantsToKnow(Sender sender) {
        assertThat(Deliveries.meaning(sender, "push", payload("gitea/push"), Map.of()))
                .isEqualTo(Interpretation.run(pushed()));
    }

    @Test
    void aFormIsReadAsWell() {
        StoredDelivery plain = Deliveries.delivery("push", "", Sender.GITEA.repository);
        String form = "payload=" + URLEncoder.encode(payload("gitea/push"), StandardCharsets.UTF_8);
        StoredDelivery delivery =
                new StoredDelivery(
                        plain.id(),
                        "push",
                        Map.of("content-type", "application/x-www-form-urlencoded"),
                        Map.of(),
                        Payload.of(form),
                        plain.receivedAt(),
                        plain.pipeline());
        assertThat(Sender.GITEA.trigger().interpret(delivery, Deliveries.hook(Map.of())))
                .isEqualTo(Interpretation.run(pushed()));
    }

    @Test
    void moreCommitsThanAreListedMeanThatFilesAreNotKnown() {
        String many = payload("gitea/push", "\"total_commits\": 1", "\"total_commits\": 6");
        assertThat(run(meaning("push", many)).changedFiles()).isEmpty();
    }

    @Test
    void aTestDeliveryStartsNothing() {
        assertThat(meaning("push", payload("gitea/test")))
                .isEqualTo(ignored("somebody tests whether the hook works; it does"));
    }

    @Test
    void aTagWithAMessageIsTheCommitThatItNames() {
        RunRequest run = run(meaning("push", payload("gitea/tag-push")));
        assertThat(run.event()).isEqualTo("tag");
        assertThat(run.commit()).isEqualTo(AFTER);
        assertThat(run.previousCommit()).isEmpty();
    }

    @Test
    void whatComesAndGoesHasEventsOfItsOwn() {
        assertThat(meaning("push", payload("gitea/branch-deleted")))
                .isEqualTo(ignored("the branch 'develop' was deleted"));
        assertThat(run(meaning("create", payload("gitea/create"))))
                .isEqualTo(
                        RunRequest.of("push")
                                .ref("refs/heads/topic")
                                .commit(AFTER)
                                .sender("gitea")
                                .build());
        assertThat(run(meaning("delete", payload("gitea/delete"))))
                .isEqualTo(RunRequest.of("webhook").sender("gitea").build());
        String whole =
                payload("gitea/create", "\"ref\": \"topic\"", "\"ref\": \"refs/heads/topic\"");
        assertThat(run(meaning("create", whole)).ref()).isEqualTo("refs/heads/topic");
    }

    private static RunRequest pull(String event, String owner, boolean fork) {
        return RunRequest.of(event)
                .ref("refs/pull/2/head")
                .commit(AFTER)
                .previousCommit(BEFORE)
                .sender("gitea")
                .link("http://localhost:3000/gitea/webhooks/pulls/2")
                .pullRequest(
                        new PullRequest(
                                2,
                                "Add a hook",
                                "feature",
                                "master",
                                "http://localhost:3000/%s/webhooks.git".formatted(owner),
                                List.of("bug"),
                                false,
                                fork))
                .trust(fork ? Trust.NONE : Trust.FULL)
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "opened, pull_request",
        "reopened, pull_request",
        "synchronized, pull_request",
        "closed, pull_request_closed",
        "label_updated, ''",
        "edited, ''"
    })
    void whatHappenedToAPullRequestDecides(String action, String event) {
        String body = payload("gitea/pull-request", "\"opened\"", "\"%s\"".formatted(action));
        assertThat(meaning("pull_request", body))
                .isEqualTo(
                        event.isEmpty()
                                ? ignored(
                                        "a pull request that was %s starts nothing"
                                                .formatted(action))
                                : Interpretation.run(pull(event, "gitea", false)));
    }

    @Test
    void aForkIsNotTrusted() {
        assertThat(meaning("pull_request", payload("gitea/pull-request-fork")))
                .isEqualTo(Interpretation.run(pull("pull_request", "eve", true)));
    }

    @Test
    void aReleaseIsBuiltWhenItIsPublished() {
        assertThat(run(meaning("release", payload("gitea/release"))))
                .isEqualTo(
                        RunRequest.of("release")
                                .ref("refs/tags/v1.0.0")
                                .sender("gitea")
                                .link("http://localhost:3000/gitea/webhooks/releases/tag/v1.0.0")
                                .build());
        assertThat(meaning("release", payload("gitea/release", "\"published\"", "\"updated\"")))
                .isEqualTo(ignored("a release that was updated starts nothing; published does"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:3000/gitea/webhooks.git, true",
        "ssh://gitea@localhost:2222/gitea/webhooks.git, true",
        "ssh://gitea@localhost:2222/gitea/other.git, false",
        "http://localhost:3000/gitea/other.git, false"
    })
    void theHookOfAnOrganisationStartsOnlyThePipelinesOfTheRepository(String own, boolean runs) {
        Interpretation meaning =
                Sender.GITEA
                        .trigger()
                        .interpret(
                                Deliveries.delivery("push", payload("gitea/push"), own),
                                Deliveries.hook(Map.of()));
        assertThat(meaning)
                .isInstanceOf(runs ? Interpretation.Runs.class : Interpretation.Ignored.class);
    }
}
