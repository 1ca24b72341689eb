package dev.millwright.api.server;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/// Ask for a token with which one machine becomes a node.
///
/// @param name what the node will be called; empty: its machine says it
/// @param labels what the node gets
/// @param ttl how long the token can be used, such as `15m`; at most `7d`
public record NodeTokenRequest(
        @JsonProperty(defaultValue = "") String name,
        @JsonProperty(defaultValue = "{}") Map<String, String> labels,
        @JsonProperty(defaultValue = "15m") String ttl) {
    public NodeTokenRequest {
        name = name == null ? "" : name;
        labels = labels == null ? Map.of() : Map.copyOf(labels);
        ttl = ttl == null ? "15m" : ttl;
    }
}
