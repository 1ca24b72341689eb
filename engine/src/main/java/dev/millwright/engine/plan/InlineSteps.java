package dev.millwright.engine.plan;

import dev.millwright.engine.yaml.PipelineReader;
import dev.millwright.engine.yaml.Problem;
import dev.millwright.engine.yaml.ReadResult;
import dev.millwright.model.Parameters;
import java.util.List;

/// Reads the pipeline that stands in a resource itself: the keys of a pipeline file as values.
public final class InlineSteps {
    private InlineSteps() {}

    /// Read it; places are told as pointers into the resource.
    ///
    /// @param address the resource, such as `Pipeline default/web`, for messages
    public static ReadResult read(String address, Parameters spec) {
        return PipelineReader.create().read(address, spec);
    }

    /// What can be read and was perhaps meant otherwise.
    public static List<Problem> doubts(String address, Parameters spec) {
        return PipelineReader.create().doubts(address, spec);
    }
}
