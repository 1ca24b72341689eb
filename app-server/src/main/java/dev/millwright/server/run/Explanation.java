package dev.millwright.server.run;

import dev.millwright.model.plan.StepPath;
import java.util.List;

/// Why a run and its steps stand where they stand.
///
/// @param summary one sentence about the run
/// @param steps the steps that run, wait, were skipped or went bad, in plan order
public record Explanation(String summary, List<StepReason> steps) {
    public Explanation {
        steps = List.copyOf(steps);
    }

    /// Why one step stands where it stands.
    ///
    /// @param status the word that lists show, such as `queued`
    /// @param cause one word for programs
    /// @param message for people, a sentence or two lines
    /// @param nodes for a waiting leaf: what each node says to it
    public record StepReason(
            StepPath path,
            String name,
            String status,
            String cause,
            String message,
            List<NodeReason> nodes) {
        public StepReason {
            nodes = List.copyOf(nodes);
        }
    }

    /// What one node says to a leaf.
    ///
    /// @param fits whether the node could take the leaf
    /// @param message the condition that fails, or that it fits
    public record NodeReason(String node, boolean fits, String message) {}
}
