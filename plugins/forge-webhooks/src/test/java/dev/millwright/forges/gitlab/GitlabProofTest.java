package dev.millwright.forges.gitlab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.Payload;
import dev.millwright.plugin.Secret;
import dev.millwright.plugin.webhook.WebhookRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// With the example of the specification Standard Webhooks, by which GitLab signs.
final class GitlabProofTest {
    private static final Secret TOKEN = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final long SIGNED = 1_614_265_330;
    private static final WebhookRequest EXAMPLE =
            new WebhookRequest(
                    Map.of(),
                    Map.of(
                            "webhook-id", List.of("msg_p5jXN8AQM9LWM0D4loKWxJek"),
                            "webhook-timestamp", List.of("" + SIGNED),
                            "webhook-signature",
                                    List.of("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")),
                    Payload.of("{\"test\": 2432232314}"));

    @ParameterizedTest
    @CsvSource({"0, true", "300, true", "-300, true", "301, false", "-301, false"})
    void theExampleHoldsForFiveMinutes(int late, boolean holds) {
        InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(SIGNED + late));
        assertThat(GitlabProof.holds(EXAMPLE, TOKEN, clock)).isEqualTo(holds);
    }
}
