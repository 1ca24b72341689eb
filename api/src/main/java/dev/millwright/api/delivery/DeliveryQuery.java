package dev.millwright.api.delivery;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which deliveries to list, newest first. Start with [#ALL] and narrow it.
public record DeliveryQuery(
        @Nullable String namespace,
        @Nullable String pipeline,
        @Nullable String status,
        int limit,
        @Nullable String cursor) {
    public static final DeliveryQuery ALL = new DeliveryQuery(null, null, null, 50, null);

    public DeliveryQuery inNamespace(String wanted) {
        return new DeliveryQuery(wanted, pipeline, status, limit, cursor);
    }

    public DeliveryQuery ofPipeline(String wanted) {
        return new DeliveryQuery(namespace, wanted, status, limit, cursor);
    }

    public DeliveryQuery withStatus(String wanted) {
        return new DeliveryQuery(namespace, pipeline, wanted, limit, cursor);
    }

    public DeliveryQuery limit(int wanted) {
        return new DeliveryQuery(namespace, pipeline, status, wanted, cursor);
    }

    public DeliveryQuery after(String next) {
        return new DeliveryQuery(namespace, pipeline, status, limit, next);
    }

    /// The parameters as they travel.
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (namespace != null) {
            parameters.put("namespace", namespace);
        }
        if (pipeline != null) {
            parameters.put("pipeline", pipeline);
        }
        if (status != null) {
            parameters.put("status", status);
        }
        parameters.put("limit", limit);
        if (cursor != null) {
            parameters.put("cursor", cursor);
        }
        return parameters;
    }
}
