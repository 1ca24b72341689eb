package dev.millwright.forges;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.forges.gitlab.GitlabTrigger;
import dev.millwright.model.Payload;
import dev.millwright.plugin.Secret;
import dev.millwright.plugin.webhook.Verification;
import dev.millwright.plugin.webhook.WebhookRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Who is believed, and by which header.
final class ProofTest {
    private static final String BODY = "{\"a\": \"ä\"}";

    private static ForgeHook hook(String secret) {
        ForgeHook any = Deliveries.hook(Map.of());
        return new ForgeHook(
                Secret.of(secret),
                Set.of(),
                List.of(),
                List.of(),
                any.path(),
                Optional.empty(),
                Map.of());
    }

    private static Verification verify(Sender sender, WebhookRequest request) {
        return sender.trigger().verify(request, hook(sender.secret("hush")));
    }

    private static Map<String, String> genuine(Sender sender) {
        return sender.headers("an event", BODY, sender.secret("hush"));
    }

    @ParameterizedTest
    @EnumSource
    void theRightProofIsBelievedEachTimeWithTheForgesOwnId(Sender sender) {
        WebhookRequest request = Sender.request(genuine(sender), BODY);
        Verification accepted = new Verification.Accepted(Sender.ID, "an event");
        assertThat(verify(sender, request)).isEqualTo(accepted);
        assertThat(verify(sender, request)).isEqualTo(accepted);
    }

    @ParameterizedTest
    @EnumSource
    void aProofBySomebodyElsesSecretIsNotBelieved(Sender sender) {
        WebhookRequest forged = sender.request("an event", BODY, sender.secret("a guess"));
        assertThat(verify(sender, forged)).isEqualTo(Verification.refused());
    }

    @ParameterizedTest
    @EnumSource
    void noProofOrAnEmptyOneOrTwoOfThemAreNone(Sender sender) {
        Map<String, String> headers = genuine(sender);
        String proof = String.valueOf(headers.remove(sender.proofHeader()));
        assertThat(verify(sender, Sender.request(headers, BODY))).isEqualTo(Verification.refused());
        headers.put(sender.proofHeader(), "");
        assertThat(verify(sender, Sender.request(headers, BODY))).isEqualTo(Verification.refused());
        Map<String, List<String>> twice = new HashMap<>();
        headers.forEach((name, value) -> twice.put(name, List.of(value)));
        twice.put(sender.proofHeader(), List.of(proof, proof));
        assertThat(verify(sender, new WebhookRequest(Map.of(), twice, Payload.of(BODY))))
                .isEqualTo(Verification.refused());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GITLAB")
    void aBodyThatWasChangedIsNotBelieved(Sender sender) {
        assertThat(verify(sender, Sender.request(genuine(sender), BODY + " ")))
                .isEqualTo(Verification.refused());
    }

    @ParameterizedTest
    @EnumSource
    void withoutTheNameOfTheEventTheSenderIsToldWhatIsMissing(Sender sender) {
        Map<String, String> headers = genuine(sender);
        headers.remove(sender.eventHeader());
        assertThat(verify(sender, Sender.request(headers, BODY)))
                .isInstanceOfSatisfying(
                        Verification.Refused.class,
                        refused -> {
                            assertThat(refused.status()).isEqualTo(400);
                            assertThat(refused.reason()).contains(sender.eventHeader());
                        });
    }

    @Test
    void theSignatureOfForgejoCountsBeforeThatOfGitea() {
        Map<String, String> headers = Sender.GITEA.headers("push", BODY, "hush");
        Verification accepted = new Verification.Accepted(Sender.ID, "push");
        assertThat(verify(Sender.FORGEJO, Sender.request(headers, BODY))).isEqualTo(accepted);
        headers.put("X-Forgejo-Signature", Sender.hex("a guess", BODY));
        assertThat(verify(Sender.FORGEJO, Sender.request(headers, BODY)))
                .isEqualTo(Verification.refused());
    }

    @Test
    void giteaSignsTheJsonThatItPutsIntoAForm() {
        Map<String, String> headers = Sender.GITEA.headers("push", BODY, "hush");
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        String form = "payload=" + URLEncoder.encode(BODY, StandardCharsets.UTF_8);
        assertThat(verify(Sender.GITEA, Sender.request(headers, form)))
                .isEqualTo(new Verification.Accepted(Sender.ID, "push"));
        assertThat(verify(Sender.GITEA, Sender.request(headers, form + "%20")))
                .isEqualTo(Verification.refused());
        assertThat(verify(Sender.GITEA, Sender.request(headers, "other=1")))
                .isEqualTo(Verification.refused());
    }

    @Test
    void theIdThatStaysWhenGitlabSendsAgainCountsBeforeTheOther() {
        Map<String, String> headers = genuine(Sender.GITLAB);
        headers.put("Idempotency-Key", "f5e57d9b");
        assertThat(verify(Sender.GITLAB, Sender.request(headers, BODY)))
                .isEqualTo(new Verification.Accepted("f5e57d9b", "an event"));
        headers.keySet().removeAll(Set.of("Idempotency-Key", "X-Gitlab-Event-UUID"));
        assertThat(verify(Sender.GITLAB, Sender.request(headers, BODY)))
                .as("an old server, without ids")
                .isEqualTo(new Verification.Accepted("", "an event"));
    }

    @ParameterizedTest
    @CsvSource({
        "webhook-id, other",
        "webhook-timestamp, soon",
        "webhook-timestamp, 99999999999999999999",
        "webhook-signature, 'v1,%%%'",
        "webhook-signature, v1"
    })
    void everythingThatGitlabSignsCounts(String header, String value) {
        Map<String, String> headers = genuine(Sender.GITLAB_SIGNED);
        headers.put(header, value);
        assertThat(verify(Sender.GITLAB_SIGNED, Sender.request(headers, BODY)))
                .isEqualTo(Verification.refused());
    }

    @Test
    void oneOfSeveralSignaturesSuffices() {
        Map<String, String> headers = genuine(Sender.GITLAB_SIGNED);
        headers.merge("webhook-signature", "v1,AAAA v2,BBBB ", (right, other) -> other + right);
        assertThat(verify(Sender.GITLAB_SIGNED, Sender.request(headers, BODY)))
                .isInstanceOf(Verification.Accepted.class);
    }

    @Test
    void aSigningTokenThatIsNotWellWrittenProvesNothing() {
        assertThat(
                        new GitlabTrigger()
                                .verify(
                                        Sender.request(genuine(Sender.GITLAB_SIGNED), BODY),
                                        hook("whsec_%%%")))
                .isEqualTo(Verification.refused());
    }
}
