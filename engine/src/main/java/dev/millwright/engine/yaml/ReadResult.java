package dev.millwright.engine.yaml;

import dev.millwright.engine.definition.PipelineDefinition;
import java.util.List;

/// What came of reading a pipeline.
public sealed interface ReadResult {
    record Read(PipelineDefinition definition) implements ReadResult {}

    /// At least one problem; all of the file.
    record Invalid(List<Problem> problems) implements ReadResult {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
