package dev.millwright.api.plugin;

import java.util.List;
import java.util.Map;

/// One file in the plugins' folder of the server that answers, and how it stands.
///
/// @param file its name
/// @param state `started`, `failed`, `superseded` (another file with the same plugin is in use) or
///   `stopping`
/// @param reason why it failed, or why the newest file is not in use; may be empty
/// @param warning what people should know of the version in use, such as that a newer one was used
///   before; may be empty
/// @param id empty when the file could not be read, like what follows
/// @param requires versions of the plugin API that it works with
/// @param sha256 of the file that is in use; empty when none is
/// @param refused SHA-256 of the newest file when that is not in use, which the reason is about;
///   else empty
/// @param overdue calls of it that go on past their deadline
public record PluginView(
        String file,
        String state,
        String reason,
        String warning,
        String id,
        String version,
        String requires,
        String provider,
        String description,
        String sha256,
        String refused,
        int overdue,
        List<Extension> extensions) {
    public PluginView {
        extensions = List.copyOf(extensions);
    }

    /// What the plugin adds.
    ///
    /// @param point the extension point, such as `WebhookTrigger`
    /// @param kind the name that users write
    /// @param schema JSON Schema of what they write for it
    public record Extension(String point, String kind, Map<String, Object> schema) {
        public Extension {
            schema = Map.copyOf(schema);
        }
    }
}
