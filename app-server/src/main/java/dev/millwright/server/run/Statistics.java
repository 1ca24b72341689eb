package dev.millwright.server.run;

import java.util.List;

/// Counts of runs by pipeline and by repository commit.
public record Statistics(long runs, long active, List<PipelineCount> pipelines) {
    public Statistics {
        pipelines = List.copyOf(pipelines);
    }

    /// How many runs of a pipeline are in a state.
    ///
    /// @param state `pending`, `executing` or `finalizing`, as OpenTelemetry has it
    public record ActiveCount(String namespace, String pipeline, String state, long runs) {}

    /// Counts of one pipeline.
    ///
    /// @param finished runs that have ended
    /// @param succeeded of those, how many with success
    /// @param failed of those, how many with a bad outcome
    /// @param commits how many different commits were built
    public record PipelineCount(
            String namespace,
            String pipeline,
            long total,
            long finished,
            long succeeded,
            long failed,
            long commits) {}
}
