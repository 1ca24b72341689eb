package dev.millwright.github;

import static dev.millwright.github.Deliveries.meaning;
import static dev.millwright.github.Deliveries.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.engine.binding.BindingException;
import dev.millwright.model.Payload;
import dev.millwright.plugin.trigger.RunRequest;
import dev.millwright.plugin.webhook.Interpretation;
import dev.millwright.plugin.webhook.StoredDelivery;
import dev.millwright.plugin.webhook.Verification;
import dev.millwright.plugin.webhook.WebhookRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GithubTriggerTest {
    /// HMAC-SHA256 of "{}" with the key "hush", by OpenSSL.
    private static final String SIGNED =
            "sha256=505c20ac604f662945b662a1f13a9ca2f03bf0b1986f505d5aef48e10da8c918";

    private static final String MAIN = payload("'ref': 'refs/heads/main', 'after': 'abc123'");

    private static Verification verify(Map<String, List<String>> headers) {
        return new GithubTrigger()
                .verify(
                        new WebhookRequest(Map.of(), headers, Payload.of("{}")),
                        Deliveries.hook(Map.of()));
    }

    @Test
    void aDeliveryIsKnownByGithubsIdAndEvent() {
        assertThat(
                        verify(
                                Map.of(
                                        "X-Hub-Signature-256", List.of(SIGNED),
                                        "X-GitHub-Delivery", List.of("72d3162e"),
                                        "X-GitHub-Event", List.of("push"))))
                .isEqualTo(new Verification.Accepted("72d3162e", "push"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-GitHub-Delivery", "X-GitHub-Event"})
    void aSignedRequestWithoutItsHeadersIsRefusedWithAReason(String missing) {
        Map<String, List<String>> headers =
                new HashMap<>(
                        Map.of(
                                "X-Hub-Signature-256", List.of(SIGNED),
                                "X-GitHub-Delivery", List.of("1"),
                                "X-GitHub-Event", List.of("push")));
        headers.remove(missing);
        assertThat(verify(headers))
                .isInstanceOfSatisfying(
                        Verification.Refused.class,
                        refused -> {
                            assertThat(refused.status()).isEqualTo(400);
                            assertThat(refused.reason()).contains(missing);
                        });
    }

    @Test
    @Tag("S01")
    void twoSignaturesAreNone() {
        assertThat(verify(Map.of("X-Hub-Signature-256", List.of(SIGNED, SIGNED))))
                .isEqualTo(Verification.refused());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ping        | {}      | GitHub asks whether the hook works; it does
                    star        | {}      | nothing starts for the event 'star'
                    check_suite | no json | nothing starts for the event 'check_suite'
                    """)
    void whatStartsNothingIsIgnoredWithAReason(String event, String body, String reason) {
        assertThat(meaning(event, body, Map.of())).isEqualTo(new Interpretation.Ignored(reason));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    push         | `'ref': 7`                            | 'ref' is not a text
                    push         | `'commits': {}, 'ref': 'refs/heads/x'`| 'commits' is not a list
                    pull_request | `'action': 'opened'`                  | 'pull_request' is not an object
                    release      | `'action': 'published'`               | 'release' is not an object
                    create       | `'ref': 'x', 'ref_type': 'forest'`    | 'ref_type' is neither 'branch' nor 'tag'
                    """)
    void whatGithubWouldNotSendIsRejectedWithItsPlace(String event, String members, String reason) {
        assertThat(meaning(event, payload(members), Map.of()))
                .isEqualTo(new Interpretation.Rejected(reason));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    create             | 'ref': 'v1', 'ref_type': 'tag'          | tag     | refs/tags/v1
                    create             | 'ref': 'topic', 'ref_type': 'branch'    | push    | refs/heads/topic
                    delete             | 'ref': 'topic', 'ref_type': 'branch'    | webhook |
                    release            | 'action': 'published', 'release': {'tag_name': 'v1'} | release | refs/tags/v1
                    workflow_dispatch  | 'ref': 'refs/heads/x', 'workflow': 'w'  | manual  | refs/heads/x
                    repository_dispatch| 'action': 'go', 'branch': 'main'        | manual  | refs/heads/main
                    """)
    void otherEventsStartRunsToo(String event, String members, String runEvent, String ref) {
        Interpretation meaning = meaning(event, payload(members), Map.of());
        assertThat(meaning)
                .isInstanceOfSatisfying(
                        Interpretation.Runs.class,
                        runs -> {
                            RunRequest run = runs.requests().getFirst();
                            assertThat(run.event()).isEqualTo(runEvent);
                            assertThat(run.ref()).isEqualTo(ref == null ? "" : ref);
                            assertThat(run.sender()).isEqualTo("mona");
                        });
    }

    @ParameterizedTest
    @CsvSource({
        "push, push",
        "create, create",
        "delete, delete",
        "release, release",
        "workflow_dispatch, manual",
        "repository_dispatch, manual",
        "pull_request, pull_request"
    })
    void aHookGetsOnlyWhatItListensTo(String event, String word) {
        String body =
                payload(
                        """
                        'ref': 'refs/heads/x', 'ref_type': 'branch', 'branch': 'x',
                        'action': '%s', 'release': {'tag_name': 'v1'}
                        """
                                .formatted(event.equals("release") ? "published" : "opened"));
        assertThat(meaning(event, body, Map.of("event", "tag")))
                .isEqualTo(
                        new Interpretation.Ignored(
                                "this hook does not listen to '%s' but to tag".formatted(word)));
    }

    @Test
    void aReleaseThatIsNotPublishedYetStartsNothing() {
        assertThat(meaning("release", payload("'action': 'created'"), Map.of()))
                .isInstanceOf(Interpretation.Ignored.class);
    }

    @Test
    void inputsComeFromTheDispatchAndFromPointers() {
        Interpretation meaning =
                meaning(
                        "repository_dispatch",
                        payload(
                                """
                                'action': 'go', 'branch': 'main',
                                'client_payload': {'to': 'prod', 'count': 3, 'none': null, 'on': ['a']}
                                """),
                        Map.of("inputs", Map.of("who", "/sender/login", "gone", "/no/where")));
        assertThat(((Interpretation.Runs) meaning).requests().getFirst().inputs())
                .isEqualTo(Map.of("to", "prod", "count", "3", "on", "[\"a\"]", "who", "mona"));
    }

    @ParameterizedTest
    @CsvSource({"deploy-*, true", "other, false"})
    void whatIsDispatchedIsFiltered(String glob, boolean runs) {
        String body = payload("'action': 'deploy-prod', 'branch': 'main'");
        assertThat(meaning("repository_dispatch", body, Map.of("dispatch", glob)))
                .isInstanceOf(runs ? Interpretation.Runs.class : Interpretation.Ignored.class);
    }

    @ParameterizedTest
    @CsvSource({
        "https://github.com/octo/web.git, true",
        "git@github.com:Octo/Web.git, true",
        "https://github.com/octo/other.git, false",
        "https://mirror.example.org/octo/copy.git, true",
        "file:///srv/git/web, true",
        "'', true"
    })
    void theHookOfAnOrganisationStartsOnlyThePipelinesOfTheRepository(String own, boolean runs) {
        Interpretation meaning =
                new GithubTrigger()
                        .interpret(
                                Deliveries.delivery("push", MAIN, own), Deliveries.hook(Map.of()));
        assertThat(meaning)
                .isEqualTo(
                        runs
                                ? meaning
                                : new Interpretation.Ignored(
                                        "it is about another repository: octo/web"));
        assertThat(meaning instanceof Interpretation.Runs).isEqualTo(runs);
    }

    @ParameterizedTest
    @CsvSource({"octo/web, true", "octo/other, false"})
    void aHookMayNameItsRepository(String repository, boolean runs) {
        assertThat(meaning("push", MAIN, Map.of("repository", repository)))
                .isInstanceOf(runs ? Interpretation.Runs.class : Interpretation.Ignored.class);
    }

    @Test
    void aPayloadMayBeTheFieldOfAForm() {
        String form =
                "payload=" + URLEncoder.encode(MAIN.replace('\'', '"'), StandardCharsets.UTF_8);
        StoredDelivery plain = Deliveries.delivery("push", "", Deliveries.WEB);
        StoredDelivery delivery =
                new StoredDelivery(
                        plain.id(),
                        "push",
                        Map.of("content-type", "application/x-www-form-urlencoded"),
                        Map.of(),
                        Payload.of(form),
                        plain.receivedAt(),
                        plain.pipeline());
        assertThat(new GithubTrigger().interpret(delivery, Deliveries.hook(Map.of())))
                .isEqualTo(meaning("push", MAIN, Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "repository, web, OWNER/NAME",
        "event, everything, event",
        "inputs.tag, tag_name, JSON Pointer"
    })
    void aHookThatIsWrittenWronglyIsToldSo(String key, String value, String told) {
        Map<String, Object> written =
                key.startsWith("inputs.")
                        ? Map.of("inputs", Map.of("tag", value))
                        : Map.of(key, value);
        assertThatThrownBy(() -> Deliveries.hook(written))
                .isInstanceOf(BindingException.class)
                .hasMessageContaining(told);
    }

    static Stream<String> hostile() {
        return Stream.of(
                "{\"ref\": \"refs/heads/a\", \"ref\": \"refs/heads/main\"}",
                "{\"ref\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}",
                "{\"ref\": " + "9".repeat(1_000_000) + "}",
                "{\"repository\": {\"id\": 1e999999999}}",
                IntStream.range(0, 1_000_000)
                        .mapToObj(i -> "\"" + i + "\":1")
                        .collect(Collectors.joining(",", "{", "}")));
    }

    @ParameterizedTest
    @Tag("S05")
    @MethodSource("hostile")
    @Timeout(10)
    void aPayloadThatIsMadeToHurtIsRejectedThoughItIsSigned(String body) {
        assertThat(meaning("push", body, Map.of())).isInstanceOf(Interpretation.Rejected.class);
    }
}
