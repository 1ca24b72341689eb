package dev.millwright.engine.definition;

import dev.millwright.model.Parameters;
import dev.millwright.model.plan.OutputSource;
import dev.millwright.model.plan.StepOptions;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A step as its author wrote it.
///
/// @param options all but role and matrix
/// @param matrixOrNull expands the step into one cell per combination
public record StepDefinition(
        StepOptions options,
        Body body,
        List<StepDefinition> setup,
        List<StepDefinition> ensure,
        List<StepDefinition> teardown,
        @Nullable Matrix matrixOrNull) {
    public StepDefinition {
        setup = List.copyOf(setup);
        ensure = List.copyOf(ensure);
        teardown = List.copyOf(teardown);
    }

    public Optional<Matrix> matrix() {
        return Optional.ofNullable(matrixOrNull);
    }

    /// What the step does.
    public sealed interface Body {}

    public record Work(String runner, Parameters parameters, List<OutputSource> outputs)
            implements Body {
        public Work {
            outputs = List.copyOf(outputs);
        }
    }

    public record Approval(List<String> groups, String message) implements Body {
        public Approval {
            groups = List.copyOf(groups);
        }
    }

    public record Pause(Duration time) implements Body {}

    public record InOrder(List<StepDefinition> steps) implements Body {
        public InOrder {
            steps = List.copyOf(steps);
        }
    }

    public record SideBySide(List<StepDefinition> steps, int maxInFlight, boolean failFast)
            implements Body {
        public SideBySide {
            steps = List.copyOf(steps);
        }
    }

    /// A table of values; the step runs once for each of its cells.
    ///
    /// @param axes values by name, in the order in which they were written
    /// @param include further cells, or further values for matching cells
    /// @param exclude cells to leave out
    public record Matrix(
            Map<String, List<String>> axes,
            List<Map<String, String>> include,
            List<Map<String, String>> exclude,
            int maxInFlight,
            boolean failFast) {
        public Matrix {
            axes = Collections.unmodifiableMap(new LinkedHashMap<>(axes));
            include = List.copyOf(include);
            exclude = List.copyOf(exclude);
        }
    }
}
