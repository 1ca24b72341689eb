package dev.millwright.api.server;

import java.time.Instant;
import java.util.Map;

/// A token that can still be used; its secret is not shown again.
///
/// @param name what its node will be called; empty: the machine says it
/// @param labels what its node gets
/// @param createdBy whose key made it
public record NodeTokenView(
        String id,
        String name,
        Map<String, String> labels,
        String createdBy,
        Instant createdAt,
        Instant expiresAt) {
    public NodeTokenView {
        labels = Map.copyOf(labels);
    }
}
