package dev.millwright.model.resource;

import dev.millwright.model.Parameters;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A named object that users write in YAML.
///
/// @param kind such as `Pipeline`
/// @param namespace empty for kinds that live outside namespaces
/// @param uuidOrNull set by the server that accepts the resource
/// @param revision grows with each change; 0 before the server accepted it
public record Resource(
        String kind,
        String namespace,
        String name,
        @Nullable UUID uuidOrNull,
        long revision,
        Map<String, String> labels,
        Map<String, String> annotations,
        Parameters spec) {
    /// The version that resources carry in `apiVersion`.
    public static final String API_VERSION = "v1alpha";

    public Resource {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    public Optional<UUID> uuid() {
        return Optional.ofNullable(uuidOrNull);
    }

    /// The address for messages, such as `Pipeline default/web`.
    public String address() {
        return namespace.isEmpty() ? kind + " " + name : kind + " " + namespace + "/" + name;
    }
}
