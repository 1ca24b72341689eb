package dev.millwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.host.call.BoundWebhook;
import dev.millwright.host.use.Point;
import dev.millwright.model.Payload;
import dev.millwright.plugin.trigger.TriggeredPipeline;
import dev.millwright.plugin.webhook.Interpretation;
import dev.millwright.plugin.webhook.StoredDelivery;
import dev.millwright.plugin.webhook.Verification;
import dev.millwright.plugin.webhook.WebhookRequest;
import dev.millwright.plugin.webhook.WebhookTrigger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [WebhookTrigger] has to hold.
///
/// ```java
/// final class GithubContractIT extends WebhookContract {
///     @Override protected String kind() { return "github"; }
///     @Override protected Map<String, Object> configuration() { return Map.of("secret", "${env:S}"); }
///     @Override protected WebhookRequest genuine() { return signed("push", body, "secret-S"); }
/// }
/// ```
public abstract class WebhookContract extends ExtensionContract<WebhookTrigger<?>> {
    /// A request that proves where it comes from and asks for a run.
    protected abstract WebhookRequest genuine();

    /// The same content, but with a proof that is not right, such as one by another secret.
    protected abstract WebhookRequest forged();

    /// The pipeline that the hook belongs to.
    protected TriggeredPipeline pipeline() {
        return new TriggeredPipeline("default", "web", "https://example.org/web.git", "", "");
    }

    @Override
    protected final Point<WebhookTrigger<?>> point() {
        return Point.WEBHOOK;
    }

    /// The extension with its configuration.
    protected final BoundWebhook hook() {
        return loaded().webhook(kind(), configuration());
    }

    /// What the server stores of an accepted request.
    protected final StoredDelivery stored(WebhookRequest request, Verification.Accepted accepted) {
        Map<String, String> headers = new LinkedHashMap<>();
        request.headers()
                .forEach((name, values) -> {
                    if (!StoredDelivery.isCredential(name)) {
                        headers.put(name, String.join(", ", values));
                    }
                });
        Map<String, String> query = new LinkedHashMap<>();
        request.query().forEach((name, values) -> query.put(name, String.join(",", values)));
        return new StoredDelivery(
                accepted.id().isEmpty() ? "an-id" : accepted.id(),
                accepted.event(),
                headers,
                query,
                request.body(),
                Instant.parse("2027-01-31T06:00:00Z"),
                pipeline());
    }

    /// Verify and interpret, as the server does for a request that is accepted.
    protected final Interpretation meaning(WebhookRequest request) throws InterruptedException {
        Verification answer = hook().verify(request);
        assertThat(answer).isInstanceOf(Verification.Accepted.class);
        return hook().interpret(stored(request, (Verification.Accepted) answer));
    }

    @Override
    protected void use(PluginUnderTest plugin) {
        try {
            var _ = plugin.webhook(kind(), configuration()).verify(genuine());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aGenuineRequestIsAcceptedEachTimeWithTheSameId() throws InterruptedException {
        WebhookRequest request = genuine();
        Verification first = hook().verify(request);
        assertThat(first).isInstanceOf(Verification.Accepted.class);
        assertThat(hook().verify(request)).isEqualTo(first);
    }

    @Test
    void aGenuineRequestAsksForARunAndForTheSameOneEachTime() throws InterruptedException {
        Interpretation first = meaning(genuine());
        assertThat(first).isInstanceOf(Interpretation.Runs.class);
        assertThat(meaning(genuine())).isEqualTo(first);
    }

    @Test
    void aForgedRequestIsRefusedWithoutAWordOnWhy() throws InterruptedException {
        assertThat(hook().verify(forged())).isEqualTo(Verification.refused());
    }

    @Test
    void aRequestWithoutAnyProofIsRefused() throws InterruptedException {
        WebhookRequest bare = new WebhookRequest(Map.of(), Map.of(), genuine().body());
        assertThat(hook().verify(bare)).isEqualTo(Verification.refused());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "\u0000\uffff", "{\"ref\": 7, \"commits\": {}}"})
    void aBodyThatIsNotTheGenuineOneNeverBreaksTheExtension(String body)
            throws InterruptedException {
        WebhookRequest genuine = genuine();
        WebhookRequest odd =
                new WebhookRequest(genuine.query(), genuine.headers(), Payload.of(body));
        assertThat(hook().verify(odd)).isNotNull();
        StoredDelivery delivery = stored(odd, (Verification.Accepted) hook().verify(genuine));
        assertThat(hook().interpret(delivery))
                .as("a body that its sender would not send is ignored or rejected with a reason")
                .isNotInstanceOf(Interpretation.Runs.class);
    }
}
