package dev.millwright.server.delivery;

import dev.millwright.model.Parameters;
import dev.millwright.model.Payload;
import java.util.Map;

/// A request that wants to become a run, before it is stored.
///
/// @param source who sent it, such as `webhook:default/web` or `cron:default/web/nightly`
/// @param dedupeKey the sender's own id for it; the same source and key again is the same delivery.
///   Empty: the sender has none, and every request is a new delivery
/// @param headers names in lower case; credentials are already left out
/// @param body as received
/// @param parameters what the trigger already knows: `ref`, `commit`, `inputs`, `by`, ...
public record NewDelivery(
        String source,
        String dedupeKey,
        String namespace,
        String pipeline,
        String event,
        Map<String, String> headers,
        Payload body,
        Parameters parameters) {
    public NewDelivery {
        headers = Map.copyOf(headers);
    }
}
