package dev.millwright.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.forgekit.hook.HookEvent;
import dev.millwright.host.call.BoundWebhook;
import dev.millwright.plugin.webhook.Interpretation;
import dev.millwright.plugin.webhook.StoredDelivery;
import dev.millwright.plugin.webhook.Verification;
import dev.millwright.testkit.BuiltPlugin;
import dev.millwright.testkit.PluginUnderTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The built plugin against all example payloads that GitHub publishes
/// (`@octokit/webhooks-examples`), signed by GitHub's own library (`@octokit/webhooks-methods`).
final class OctokitPayloadsIT {
    private static final int ALL = 329;

    private static List<SignedPayload> payloads;

    @BeforeAll
    static void fetch() throws Exception {
        payloads = SignedPayload.all("secret-HOOK");
    }

    private static Map<String, Object> everything() {
        return Map.of(
                "secret",
                "${env:HOOK}",
                "event",
                Arrays.stream(HookEvent.values()).map(HookEvent::word).toList());
    }

    @Test
    void eachIsAcceptedAndStartsARunOrIsIgnoredWithAReason() throws InterruptedException {
        assertThat(payloads).hasSize(ALL);
        Map<String, Integer> runs = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        try (PluginUnderTest plugin = PluginUnderTest.of(BuiltPlugin.find())) {
            BoundWebhook hook = plugin.webhook("github", everything());
            for (SignedPayload payload : payloads) {
                if (!(hook.verify(payload.request())
                        instanceof Verification.Accepted(String id, String event))) {
                    wrong.add(payload.id() + " is refused");
                    continue;
                }
                assertThat(id).isEqualTo(payload.id());
                switch (hook.interpret(stored(id, event, payload))) {
                    case Interpretation.Runs(var requests) ->
                            runs.merge(
                                    event + " as " + requests.getFirst().event(), 1, Integer::sum);
                    case Interpretation.Ignored(String reason) -> {
                        if (reason.isBlank()) {
                            wrong.add(id + " is ignored without a reason");
                        }
                    }
                    case Interpretation.Rejected(String reason) ->
                            wrong.add(id + " is rejected: " + reason);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(runs)
                .as("of 329, these start runs")
                .isEqualTo(
                        Map.of(
                                "push as push", 2,
                                "push as tag", 1,
                                "pull_request as pull_request", 7,
                                "pull_request as pull_request_closed", 2,
                                "create as tag", 5,
                                "delete as webhook", 4,
                                "release as release", 3,
                                "workflow_dispatch as manual", 2,
                                "repository_dispatch as manual", 2));
    }

    @Test
    @Tag("S01")
    void noneIsTakenBySomebodyElsesSecret() throws InterruptedException {
        try (PluginUnderTest plugin = PluginUnderTest.of(BuiltPlugin.find())) {
            BoundWebhook hook = plugin.webhook("github", Map.of("secret", "${env:OTHER}"));
            for (SignedPayload payload : payloads) {
                assertThat(hook.verify(payload.request())).isEqualTo(Verification.refused());
            }
        }
    }

    private static StoredDelivery stored(String id, String event, SignedPayload payload) {
        StoredDelivery plain = Deliveries.delivery(event, "", "");
        return new StoredDelivery(
                id,
                event,
                plain.headers(),
                Map.of(),
                payload.body(),
                plain.receivedAt(),
                plain.pipeline());
    }
}
