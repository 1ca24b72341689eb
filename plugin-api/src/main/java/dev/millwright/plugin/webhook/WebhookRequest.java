package dev.millwright.plugin.webhook;

import dev.millwright.model.Payload;
import dev.millwright.plugin.Stability;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A request to a hook, before it is stored. Immutable.
///
/// ```java
/// Optional<String> signature = request.header("X-Hub-Signature-256");
/// byte[] raw = request.body().bytes();
/// ```
///
/// @param query decoded parameters, in order
/// @param headers names in any case, as given; kept in lower case
/// @param body byte for byte as received
@Stability(Stability.Level.STABLE)
public record WebhookRequest(
        Map<String, List<String>> query, Map<String, List<String>> headers, Payload body) {
    public WebhookRequest {
        query = Map.copyOf(query);
        Map<String, List<String>> lower = new TreeMap<>();
        headers.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), values));
        headers = Map.copyOf(lower);
    }

    /// The first value of a query parameter.
    public Optional<String> parameter(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    /// The value of a header; empty when it is missing or was sent more than once, since then
    /// nobody can tell which one the sender meant.
    public Optional<String> header(String name) {
        List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }
}
