package dev.millwright.model.plan;

import dev.millwright.model.Parameters;
import java.time.Duration;
import java.util.List;

/// One node of a plan's tree: a leaf that is work, or a group of further steps.
///
/// Closed: take it apart with one exhaustive `switch`.
public sealed interface Step {
    StepPath path();

    StepOptions options();

    default String name() {
        return options().name();
    }

    /// The word for what it is, such as `run` or `parallel`.
    default String kind() {
        return switch (this) {
            case Run _ -> "run";
            case Approve _ -> "approve";
            case Wait _ -> "wait";
            case Sequence _ -> "sequence";
            case Parallel _ -> "parallel";
            case Matrix _ -> "matrix";
        };
    }

    /// Work that has no children.
    sealed interface Leaf extends Step {}

    /// A step that is done when its children are.
    sealed interface Group extends Step {
        List<Step> children();
    }

    /// Work for a runner on a node, for instance a process.
    ///
    /// @param runner the kind of runner, such as `process` or `container`
    /// @param parameters what the runner understands, see the runner's documentation
    /// @param outputs names published by the step, and where each comes from
    record Run(
            StepPath path,
            StepOptions options,
            String runner,
            Parameters parameters,
            List<OutputSource> outputs)
            implements Leaf {
        public Run {
            outputs = List.copyOf(outputs);
        }
    }

    /// Wait for a person's yes or no.
    ///
    /// @param groups who may approve; empty means everyone who may operate the pipeline
    /// @param message what the approver is asked
    record Approve(StepPath path, StepOptions options, List<String> groups, String message)
            implements Leaf {
        public Approve {
            groups = List.copyOf(groups);
        }
    }

    /// Let time pass.
    record Wait(StepPath path, StepOptions options, Duration time) implements Leaf {}

    /// Children one after the other; the first bad outcome skips the rest of the body.
    record Sequence(StepPath path, StepOptions options, List<Step> children) implements Group {
        public Sequence {
            children = List.copyOf(children);
        }
    }

    /// Children side by side.
    ///
    /// @param maxInFlight how many children may be under way at once; 0 means all of them
    /// @param failFast whether the first bad child cancels its siblings
    record Parallel(
            StepPath path,
            StepOptions options,
            int maxInFlight,
            boolean failFast,
            List<Step> children)
            implements Group {
        public Parallel {
            children = List.copyOf(children);
        }
    }

    /// One body for each cell of a table of values; otherwise like [Parallel]. Every body child is
    /// a cell whose [StepOptions#matrix()] holds its values.
    record Matrix(
            StepPath path,
            StepOptions options,
            int maxInFlight,
            boolean failFast,
            List<Step> children)
            implements Group {
        public Matrix {
            children = List.copyOf(children);
        }
    }
}
