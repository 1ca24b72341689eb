package dev.millwright.server.web;

import dev.millwright.api.server.StatsView;
import dev.millwright.server.resource.PipelineSpec;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.run.Runs;
import dev.millwright.server.run.Statistics.PipelineCount;
import dev.millwright.server.web.view.Secrets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/// Counts of runs in all, per pipeline, and per repository as the pipelines name it now.
record Stats(Runs runs, Resources resources) {
    StatsView view() {
        List<PipelineCount> counts = runs.statistics().pipelines();
        Map<String, List<PipelineCount>> byRepository = new LinkedHashMap<>();
        List<StatsView.Pipeline> pipelines = new ArrayList<>();
        for (PipelineCount count : counts) {
            String repository = repository(count);
            pipelines.add(
                    new StatsView.Pipeline(
                            count.namespace(),
                            count.pipeline(),
                            repository,
                            count.commits(),
                            sum(List.of(count))));
            if (!repository.isEmpty()) {
                byRepository.computeIfAbsent(repository, _ -> new ArrayList<>()).add(count);
            }
        }
        List<StatsView.Repository> repositories =
                byRepository.entrySet().stream()
                        .map(entry ->
                                new StatsView.Repository(
                                        entry.getKey(),
                                        total(entry.getValue(), PipelineCount::commits),
                                        sum(entry.getValue())))
                        .toList();
        return new StatsView(sum(counts), repositories, pipelines);
    }

    private String repository(PipelineCount count) {
        return resources
                .pipeline(count.namespace(), count.pipeline())
                .flatMap(PipelineSpec::repository)
                .map(repository -> Secrets.maskUrl(repository.url()))
                .orElse("");
    }

    private static StatsView.Counts sum(List<PipelineCount> counts) {
        long all = total(counts, PipelineCount::total);
        long completed = total(counts, PipelineCount::finished);
        long succeeded = total(counts, PipelineCount::succeeded);
        long failed = total(counts, PipelineCount::failed);
        return new StatsView.Counts(
                all,
                completed,
                succeeded,
                failed,
                completed - succeeded - failed,
                percent(completed, all),
                percent(succeeded, completed),
                percent(failed, completed));
    }

    private static long total(List<PipelineCount> counts, ToLongFunction<PipelineCount> part) {
        return counts.stream().mapToLong(part).sum();
    }

    private static double percent(long part, long whole) {
        return whole == 0 ? 0 : Math.round(1000.0 * part / whole) / 10.0;
    }
}
