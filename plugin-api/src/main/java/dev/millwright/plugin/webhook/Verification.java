package dev.millwright.plugin.webhook;

import dev.millwright.plugin.Stability;

/// Whether a request is taken. Immutable.
///
/// ```java
/// return proven ? new Verification.Accepted(id, "push") : Verification.refused();
/// ```
@Stability(Stability.Level.STABLE)
public sealed interface Verification {
    /// It is what it claims to be: store it.
    ///
    /// @param id the sender's own id for it; the same hook and id again is the same delivery. Empty
    ///   when the sender has none: then each request is a new delivery
    /// @param event the sender's name for what happened, such as `push`, for lists of deliveries
    record Accepted(String id, String event) implements Verification {}

    /// It is not taken and nothing is stored.
    ///
    /// @param status 400 to 499
    /// @param reason for the caller; empty where it must learn nothing
    record Refused(int status, String reason) implements Verification {
        public Refused {
            if (status < 400 || status > 499) {
                throw new IllegalArgumentException("a refusal has a status of 4xx, not " + status);
            }
        }
    }

    /// The proof is missing or wrong: 401, and not a word more.
    static Verification refused() {
        return new Refused(401, "");
    }
}
