package dev.millwright.api.run;

import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a run stands where it stands.
///
/// @param summary one sentence for people
/// @param steps the steps that wait, run or ended badly
public record ExplainView(RunId run, Status status, String summary, List<StepReason> steps) {
    public ExplainView {
        steps = List.copyOf(steps);
    }

    /// Why one step stands where it stands.
    ///
    /// @param since when it got there; missing when unknown
    /// @param nodes what each node says to it; empty unless it waits for a node
    public record StepReason(
            StepPath path,
            String name,
            Status status,
            String cause,
            String message,
            @Nullable Instant since,
            List<NodeReason> nodes) {
        public StepReason {
            nodes = List.copyOf(nodes);
        }
    }

    /// Why a node does not take a step.
    public record NodeReason(String node, String reason) {}
}
