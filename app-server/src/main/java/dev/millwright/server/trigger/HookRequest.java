package dev.millwright.server.trigger;

import dev.millwright.model.Payload;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A request to a hook, as the web layer hands it over.
///
/// @param hook the part of the path after `/hooks/generic/`; empty for `/webhook`
/// @param query decoded parameters, in order
/// @param headers names in any case
/// @param body as received
/// @param hasKey whether the caller showed an API key that may start runs
public record HookRequest(
        String hook,
        Map<String, List<String>> query,
        Map<String, List<String>> headers,
        Payload body,
        boolean hasKey) {
    public HookRequest {
        query = Map.copyOf(query);
        Map<String, List<String>> lower = new TreeMap<>();
        headers.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), values));
        headers = Map.copyOf(lower);
    }

    /// The first value of a query parameter.
    public Optional<String> parameter(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    /// The value of a header; empty when it is missing or sent more than once.
    public Optional<String> header(String name) {
        List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }
}
