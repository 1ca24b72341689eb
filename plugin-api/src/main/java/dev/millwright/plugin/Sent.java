package dev.millwright.plugin;

import java.time.Duration;

/// What became of something that was to go out: an export, a notification, a commit status.
/// Immutable.
///
/// An exception counts as [Later]. The host tries again with growing pauses, from 5 s to 10 min,
/// for as long as its retention says, and shows the reason of the last try.
///
/// ```java
/// return switch (response.statusCode() / 100) {
///     case 2 -> Sent.DONE;
///     case 4 -> new Sent.Never("the service refused it: " + response.body());
///     default -> new Sent.Later("the service answered " + response.statusCode(), Duration.ZERO);
/// };
/// ```
@Stability(Stability.Level.STABLE)
public sealed interface Sent {
    Sent DONE = new Done();

    /// It has arrived.
    record Done() implements Sent {}

    /// A part has arrived. The host stores the cursor and calls again at once with it; only exports
    /// have one, see [dev.millwright.plugin.export.Export#cursor()].
    ///
    /// @param cursor not empty, at most 4,096 characters
    record Partly(String cursor) implements Sent {
        public Partly {
            if (cursor.isEmpty() || cursor.length() > 4_096) {
                throw new IllegalArgumentException("a cursor has 1 to 4096 characters");
            }
        }
    }

    /// It did not arrive now and may later.
    ///
    /// @param reason for people
    /// @param notBefore the shortest pause that the receiver asked for; zero for the host's own
    record Later(String reason, Duration notBefore) implements Sent {
        public Later {
            if (notBefore.isNegative()) {
                throw new IllegalArgumentException("a pause is not negative: " + notBefore);
            }
        }
    }

    /// It will never arrive, however often it is tried.
    ///
    /// @param reason for people
    record Never(String reason) implements Sent {}
}
