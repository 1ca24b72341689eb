package dev.millwright.server.trigger;

import dev.millwright.plugin.trigger.TriggeredPipeline;
import dev.millwright.plugin.webhook.StoredDelivery;
import dev.millwright.server.delivery.Delivery;
import dev.millwright.server.resource.PipelineSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/// Puts deliveries into the words of the plugin API.
public final class StoredDeliveries {
    private StoredDeliveries() {}

    static StoredDelivery of(Delivery delivery, PipelineSpec pipeline) {
        Map<String, String> query = new LinkedHashMap<>();
        if (delivery.parameters().values().get("query") instanceof Map<?, ?> map) {
            map.forEach((name, value) -> query.put(String.valueOf(name), String.valueOf(value)));
        }
        return new StoredDelivery(
                delivery.dedupeKey(),
                delivery.event(),
                delivery.headers(),
                query,
                delivery.body(),
                delivery.receivedAt(),
                pipeline(delivery.namespace(), delivery.pipeline(), pipeline));
    }

    /// The pipeline, as a trigger of a plugin sees it.
    public static TriggeredPipeline pipeline(String namespace, String name, PipelineSpec spec) {
        return spec.repository()
                .map(repository ->
                        new TriggeredPipeline(
                                namespace,
                                name,
                                repository.url(),
                                repository.branch(),
                                repository.file()))
                .orElseGet(() -> new TriggeredPipeline(namespace, name, "", "", ""));
    }
}
