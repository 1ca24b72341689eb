package dev.millwright.server.notify.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.engine.binding.BindingProblem;
import dev.millwright.engine.binding.RecordBinder;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.NetworkWall;
import dev.millwright.plugin.Secret;
import dev.millwright.plugin.Sent;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class WebhookNotifierTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_614_265_330);
    private static final Secret KEY = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    private final WebhookNotifier webhook = new WebhookNotifier(() -> NOW, NetworkWall.OPEN);
    private PostedTo receiver;

    @BeforeEach
    void open() throws IOException {
        receiver = new PostedTo();
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    private static WebhookSettings settings(String url, Duration timeout) {
        return new WebhookSettings(
                Optional.of(URI.create(url)),
                Optional.empty(),
                Optional.of(KEY),
                Map.of("Authorization", Secret.of("Bearer hush")),
                timeout);
    }

    @ParameterizedTest
    @Tag("S29")
    @ValueSource(
            strings = {
                "http://127.0.0.1:PORT/ci",
                "http://localhost:PORT/ci",
                "http://[::1]:PORT/ci",
                "http://[::ffff:127.0.0.1]:PORT/ci",
                "http://0x7f000001:PORT/ci",
                "http://2130706433:PORT/ci",
                "http://0.0.0.0:PORT/ci",
                "http://169.254.169.254/latest/meta-data",
                "http://10.0.0.1/ci"
            })
    void whatIsNotEverybodysIsToldOnlyWhereTheAdministratorAllowsIt(String address)
            throws Exception {
        int port = URI.create(receiver.url("/")).getPort();
        WebhookSettings settings =
                settings(address.replace("PORT", Integer.toString(port)), Duration.ofSeconds(10));

        Sent sent =
                new WebhookNotifier(() -> NOW, NetworkWall.CLOSED)
                        .send(Messages.broken(), settings);

        assertThat(sent)
                .isInstanceOfSatisfying(
                        Sent.Later.class,
                        later -> assertThat(later.reason()).contains("may not be told", "allow"));
        assertThat(receiver.posts()).isEmpty();
    }

    private Sent send() throws InterruptedException {
        return webhook.send(
                Messages.broken(), settings(receiver.url("/ci"), Duration.ofSeconds(10)));
    }

    /// The example of the libraries for Standard Webhooks.
    @Test
    void theSignatureIsThatOfStandardWebhooks() {
        assertThat(
                        StandardSignature.headers(
                                KEY,
                                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                                NOW,
                                "{\"test\": 2432232314}".getBytes(UTF_8)))
                .containsEntry(
                        "webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
                .containsEntry("webhook-timestamp", "1614265330");
    }

    @Test
    void whatIsPostedIsASignedEvent() throws Exception {
        assertThat(send()).isEqualTo(Sent.DONE);

        PostedTo.Posted posted = receiver.posts().getFirst();
        assertThat(posted.header("Content-Type")).startsWith("application/cloudevents+json");
        assertThat(posted.header("Authorization")).isEqualTo("Bearer hush");
        String id = posted.header("webhook-id");
        assertThat(posted.header("webhook-signature"))
                .isEqualTo(
                        StandardSignature.headers(KEY, id, NOW, posted.body().getBytes(UTF_8))
                                .get("webhook-signature"));
        JsonNode event = new JsonMapper().readTree(posted.body());
        assertThat(event.at("/specversion").asString()).isEqualTo("1.0");
        assertThat(event.at("/id").asString()).isEqualTo(id).isEqualTo(Messages.broken().id());
        assertThat(event.at("/type").asString()).isEqualTo("run.finished");
        assertThat(event.at("/subject").asString()).isEqualTo("default/web#17");
        assertThat(event.at("/data/change").asString()).isEqualTo("broken");
        assertThat(event.at("/data/outcome").asString()).isEqualTo("failure");
        assertThat(event.at("/data/traceId").asString()).hasSize(32);
        assertThat(event.at("/data/source/authorEmail").asString()).isEqualTo("dev@example.org");
        assertThat(event.at("/data/failedSteps")).hasSize(1);
        assertThat(event.at("/data/failedSteps/0/exitCode").asInt()).isEqualTo(3);
        assertThat(event.at("/data/failedSteps/0/log/0").asString()).isEqualTo("red");
    }

    @Test
    void theSameMessageIsTheSameDocumentAgain() throws Exception {
        var _ = send();
        var _ = send();
        assertThat(receiver.posts().get(1).body()).isEqualTo(receiver.posts().getFirst().body());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 410, 413, 415, 422})
    void whatIsRefusedForGoodIsGivenUp(int status) throws Exception {
        receiver.answer(status, Map.of());
        assertThat(send()).isInstanceOf(Sent.Never.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 401, 403, 404, 408, 429, 500, 503})
    void anythingElseIsTriedAgain(int status) throws Exception {
        receiver.answer(status, Map.of("Location", receiver.url("/elsewhere")));
        assertThat(send())
                .isInstanceOfSatisfying(
                        Sent.Later.class,
                        later ->
                                assertThat(later.reason())
                                        .contains("http://127.0.0.1:", "answered " + status)
                                        .doesNotContain("/ci"));
        assertThat(receiver.posts()).as("no redirect is followed").hasSize(1);
    }

    @Test
    void aPauseThatIsAskedForIsKept() throws Exception {
        receiver.answer(429, Map.of("Retry-After", "77"));
        assertThat(((Sent.Later) send()).notBefore()).isEqualTo(Duration.ofSeconds(77));
        receiver.answer(
                503,
                Map.of(
                        "Retry-After",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                Instant.now().plusSeconds(600).atOffset(ZoneOffset.UTC))));
        assertThat(((Sent.Later) send()).notBefore())
                .isBetween(Duration.ofSeconds(500), Duration.ofSeconds(600));
        receiver.answer(503, Map.of("Retry-After", "999999999"));
        assertThat(((Sent.Later) send()).notBefore()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void anAnswerThatNeverEndsHoldsNothingUp() throws Exception {
        receiver.trickle();
        assertThat(send()).isEqualTo(Sent.DONE);
    }

    @Test
    void aReceiverThatIsAwayOrSilentIsTriedAgain() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            String url = "http://127.0.0.1:" + silent.getLocalPort() + "/secret-path";
            assertThat(webhook.send(Messages.broken(), settings(url, Duration.ofMillis(300))))
                    .isInstanceOfSatisfying(
                            Sent.Later.class,
                            later -> assertThat(later.reason()).doesNotContain("secret-path"));
        }
        receiver.close();
        assertThat(send()).isInstanceOf(Sent.Later.class);
    }

    @Test
    void mistakesInSettingsAreToldWithoutSecrets() {
        for (Map<String, Object> wrong :
                List.<Map<String, Object>>of(
                        Map.of(),
                        Map.of("url", "ftp://example.org"),
                        Map.of("url", "https://user:word@example.org"),
                        Map.of("url", "https://example.org", "secretUrl", "${env:X}"),
                        Map.of("url", "https://example.org", "timeout", "5m"))) {
            assertThat(RecordBinder.problems(WebhookSettings.class, new Parameters(wrong)))
                    .as(wrong.toString())
                    .extracting(BindingProblem::message)
                    .hasSize(1)
                    .noneMatch(message -> message.contains("word@"));
        }
        WebhookSettings secret =
                new WebhookSettings(
                        Optional.empty(),
                        Optional.of(Secret.of("no address: hush")),
                        Optional.empty(),
                        Map.of(),
                        Duration.ofSeconds(1));
        assertThatThrownBy(secret::receiver).hasMessageNotContaining("hush").hasNoCause();
    }
}
