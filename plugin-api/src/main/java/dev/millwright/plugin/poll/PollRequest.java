package dev.millwright.plugin.poll;

import dev.millwright.plugin.Stability;
import dev.millwright.plugin.trigger.TriggeredPipeline;
import java.time.Instant;

/// One look. Immutable.
///
/// ```java
/// boolean first = request.state().isEmpty();
/// ```
///
/// @param pipeline that the poll belongs to
/// @param name of the poll in the pipeline
/// @param state what the last look that did not fail gave; empty at first
/// @param now the server's time
@Stability(Stability.Level.STABLE)
public record PollRequest(TriggeredPipeline pipeline, String name, String state, Instant now) {}
