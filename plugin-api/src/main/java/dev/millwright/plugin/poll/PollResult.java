package dev.millwright.plugin.poll;

import dev.millwright.plugin.Stability;
import java.time.Duration;
import java.util.List;

/// What one look gave. Immutable.
///
/// ```java
/// return PollResult.found(tip, new Finding("main@" + tip, RunRequest.of("push").commit(tip).build()));
/// ```
@Stability(Stability.Level.STABLE)
public sealed interface PollResult {
    /// Longest state, in characters.
    int MAX_STATE = 1_000_000;

    /// The look succeeded.
    ///
    /// @param state for the next look; stored in the same transaction as the findings
    /// @param findings in the order in which their runs are to be queued; 1,000 at most, the others
    ///   next time
    record Looked(String state, List<Finding> findings) implements PollResult {
        public Looked {
            findings = List.copyOf(findings);
            if (state.length() > MAX_STATE || findings.size() > 1_000) {
                throw new IllegalArgumentException(
                        "one look gives 1000 findings and a state of %d characters at most"
                                .formatted(MAX_STATE));
            }
        }
    }

    /// The look did not succeed; the state stays.
    ///
    /// @param reason for people, shown with the pipeline
    /// @param notBefore the shortest pause that the other side asked for; zero for the host's own
    record Failed(String reason, Duration notBefore) implements PollResult {}

    static PollResult nothing(String state) {
        return new Looked(state, List.of());
    }

    static PollResult found(String state, Finding... findings) {
        return new Looked(state, List.of(findings));
    }
}
