package dev.millwright.plugin.webhook;

import dev.millwright.plugin.Stability;
import dev.millwright.plugin.trigger.RunRequest;
import java.util.List;

/// What a stored delivery asks for. Immutable.
///
/// ```java
/// return payload.deleted()
///         ? new Interpretation.Ignored("the ref was deleted")
///         : Interpretation.run(request);
/// ```
@Stability(Stability.Level.STABLE)
public sealed interface Interpretation {
    /// Start these runs, in this order.
    ///
    /// @param requests 1 to 100; more than one where a delivery tells of several refs
    record Runs(List<RunRequest> requests) implements Interpretation {
        public Runs {
            requests = List.copyOf(requests);
            if (requests.isEmpty() || requests.size() > 100) {
                throw new IllegalArgumentException(
                        "a delivery asks for 1 to 100 runs, not " + requests.size());
            }
        }
    }

    /// Understood; nothing is to be done.
    ///
    /// @param reason for people, shown with the delivery
    record Ignored(String reason) implements Interpretation {}

    /// Not understood: a body that is not what its sender documents.
    ///
    /// @param reason for people, shown with the delivery
    record Rejected(String reason) implements Interpretation {}

    static Interpretation run(RunRequest request) {
        return new Runs(List.of(request));
    }
}
