package dev.millwright.api.server;

import java.util.List;

/// How runs went, in all, per repository and per pipeline.
public record StatsView(Counts total, List<Repository> repositories, List<Pipeline> pipelines) {
    public StatsView {
        repositories = List.copyOf(repositories);
        pipelines = List.copyOf(pipelines);
    }

    /// Numbers of runs. Percentages are of all runs (`completedPercent`) or of completed runs (the
    /// others), rounded to one decimal; 0 when there are none.
    ///
    /// @param runs all runs
    /// @param completed runs that are finished
    /// @param failed finished with `failure`, `error` or `timeout`
    public record Counts(
            long runs,
            long completed,
            long succeeded,
            long failed,
            long cancelled,
            double completedPercent,
            double succeededPercent,
            double failedPercent) {}

    /// One repository.
    ///
    /// @param commits different commits that had a run
    public record Repository(String repository, long commits, Counts runs) {}

    /// One pipeline.
    ///
    /// @param commits different commits that had a run
    public record Pipeline(
            String namespace, String pipeline, String repository, long commits, Counts runs) {}
}
