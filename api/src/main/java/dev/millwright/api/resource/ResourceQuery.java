package dev.millwright.api.resource;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which resources of a kind to list, by name. Start with [#ALL] and narrow it.
///
/// @param labelSelector Kubernetes grammar, such as `team=web,env in (test,prod),!old`
public record ResourceQuery(@Nullable String labelSelector, int limit, @Nullable String cursor) {
    public static final ResourceQuery ALL = new ResourceQuery(null, 100, null);

    public ResourceQuery withLabels(String selector) {
        return new ResourceQuery(selector, limit, cursor);
    }

    public ResourceQuery limit(int wanted) {
        return new ResourceQuery(labelSelector, wanted, cursor);
    }

    public ResourceQuery after(String next) {
        return new ResourceQuery(labelSelector, limit, next);
    }

    /// The parameters as they travel.
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (labelSelector != null) {
            parameters.put("labelSelector", labelSelector);
        }
        parameters.put("limit", limit);
        if (cursor != null) {
            parameters.put("cursor", cursor);
        }
        return parameters;
    }
}
