package dev.millwright.api.resource;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A resource as users write it and get it back.
public record ResourceDocument(
        String apiVersion,
        String kind,
        Metadata metadata,
        @JsonProperty(defaultValue = "{}") Map<String, Object> spec) {
    public ResourceDocument {
        spec = spec == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(spec));
    }

    /// Name and bookkeeping of a resource.
    ///
    /// @param namespace empty for kinds that live outside namespaces
    /// @param uuid set by the server
    /// @param revision set by the server; grows with each change
    /// @param origin who or what applied it last; set by the server
    public record Metadata(
            String name,
            @JsonProperty(defaultValue = "") String namespace,
            @JsonProperty(defaultValue = "{}") Map<String, String> labels,
            @JsonProperty(defaultValue = "{}") Map<String, String> annotations,
            @Nullable UUID uuid,
            @Nullable Long revision,
            @Nullable String origin,
            @Nullable Instant createdAt,
            @Nullable Instant updatedAt) {
        public Metadata {
            namespace = namespace == null ? "" : namespace;
            labels = labels == null ? Map.of() : Map.copyOf(labels);
            annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
        }
    }
}
