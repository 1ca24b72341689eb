package dev.millwright.api.delivery;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A delivery with what was received.
///
/// @param headers as received; values that prove the sender are masked
/// @param parameters what the trigger already knew: ref, commit, inputs, by
/// @param body as text; bytes that are not UTF-8 are replaced
/// @param bodyBase64 the exact bytes, only when they are not UTF-8
public record DeliveryDetail(
        DeliveryView delivery,
        Map<String, String> headers,
        Map<String, Object> parameters,
        String body,
        @Nullable String bodyBase64) {
    public DeliveryDetail {
        headers = Map.copyOf(headers);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
