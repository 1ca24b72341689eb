package dev.millwright.plugin.webhook;

import dev.millwright.model.Payload;
import dev.millwright.plugin.Stability;
import dev.millwright.plugin.trigger.TriggeredPipeline;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A request that was verified and stored. Immutable.
///
/// ```java
/// JsonNode push = json.readTree(delivery.body().bytes());
/// ```
///
/// @param id what `verify` gave; the server's own when it gave none
/// @param event what `verify` gave
/// @param headers names in lower case; credentials are left out
/// @param query decoded parameters; several values of one name are joined with `,`
/// @param pipeline that the hook belongs to
@Stability(Stability.Level.STABLE)
public record StoredDelivery(
        String id,
        String event,
        Map<String, String> headers,
        Map<String, String> query,
        Payload body,
        Instant receivedAt,
        TriggeredPipeline pipeline) {
    private static final Set<String> CREDENTIALS =
            Set.of("authorization", "x-api-key", "cookie", "proxy-authorization");

    public StoredDelivery {
        headers = Map.copyOf(headers);
        query = Map.copyOf(query);
    }

    /// Whether a header proves who the sender is by a secret of its own, such as `X-Gitlab-Token`,
    /// and is therefore never stored. A signature is no secret.
    ///
    /// @param name in any case
    public static boolean isCredential(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return CREDENTIALS.contains(lower) || lower.endsWith("-token");
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }
}
