package dev.millwright.engine.plan;

import dev.millwright.model.plan.Plan;
import java.util.List;

/// What came of planning.
public sealed interface Planning {
    record Planned(Plan plan) implements Planning {}

    /// The pipeline does not want to run now, and why.
    record Filtered(String why) implements Planning {}

    /// The request does not fit the pipeline.
    record Refused(List<String> problems) implements Planning {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
