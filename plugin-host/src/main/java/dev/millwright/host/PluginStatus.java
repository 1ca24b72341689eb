package dev.millwright.host;

import dev.millwright.model.Parameters;
import java.util.List;

/// How one file in the plugins' folder stands.
///
/// @param file its name
/// @param id empty when it could not be read, like what follows
/// @param sha256 of the version that is in use; empty when none is
/// @param refused SHA-256 of the newest file when that is not in use, which the reason is about;
///   else empty
/// @param reason why it failed, or why the newest file is not in use; empty when all is well
/// @param warning what people should know of the version in use, such as that a newer one was used
///   before; empty when there is nothing
/// @param overdue calls of it that go on past their deadline
public record PluginStatus(
        String file,
        State state,
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
        List<Offer> extensions) {
    public PluginStatus {
        extensions = List.copyOf(extensions);
    }

    /// Whether it is in use.
    public enum State {
        /// In use.
        STARTED,
        /// Not in use, see the reason.
        FAILED,
        /// Not in use, since another file with the same plugin is: a newer one, as a rule. It is
        /// used once that one goes.
        SUPERSEDED,
        /// Taken away; work of it goes on.
        STOPPING
    }

    /// An extension.
    ///
    /// @param point the extension point's simple name, such as `WebhookTrigger`
    /// @param schema JSON Schema of its configuration
    public record Offer(String point, String kind, Parameters schema) {}
}
