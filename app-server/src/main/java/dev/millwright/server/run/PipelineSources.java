package dev.millwright.server.run;

import dev.millwright.engine.plan.InlineSteps;
import dev.millwright.engine.yaml.ReadResult;
import dev.millwright.model.plan.Source;
import dev.millwright.node.git.GitException;
import dev.millwright.server.delivery.Delivery;
import dev.millwright.server.git.PipelineFiles;
import dev.millwright.server.git.PipelineFiles.Pinned;
import dev.millwright.server.resource.PipelineSpec;
import dev.millwright.server.trigger.Meaning;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Finds the definition of a pipeline: in its resource, or in its repository at the commit that the
/// run is pinned to.
///
/// Called from any thread.
final class PipelineSources {
    private static final int REMEMBERED = 1_000;

    private final PipelineFiles files;

    /// Inline definitions that were read before, by their text; reading one again gives the same.
    private final Map<Object, ReadResult> inline = new ConcurrentHashMap<>();

    PipelineSources(PipelineFiles files) {
        this.files = files;
    }

    /// What was found.
    sealed interface Answer {}

    record Found(
            ReadResult result,
            Optional<Source> source,
            Map<String, String> environment,
            List<String> files)
            implements Answer {}

    /// The repository or its pipeline file could not be read, and why.
    record Unreadable(String message, Optional<Source> source) implements Answer {}

    Answer read(Delivery delivery, PipelineSpec spec, Meaning.Start start) {
        if (spec.repository().isEmpty()) {
            return new Found(
                    inline(delivery, spec), Optional.empty(), spec.environment(), List.of());
        }
        PipelineSpec.Repository repository = spec.repository().get();
        try {
            Pinned pinned = files.pin(repository, start.ref(), start.commit());
            return switch (files.read(pinned, repository.file())) {
                case PipelineFiles.NoFile(String message) ->
                        new Unreadable(message, Optional.of(pinned.source()));
                case PipelineFiles.Parsed(ReadResult result, List<String> names) ->
                        new Found(result, Optional.of(pinned.source()), spec.environment(), names);
            };
        } catch (GitException refused) {
            return new Unreadable(String.valueOf(refused.getMessage()), Optional.empty());
        }
    }

    private ReadResult inline(Delivery delivery, PipelineSpec spec) {
        if (inline.size() > REMEMBERED) {
            inline.clear();
        }
        String address = "Pipeline %s/%s".formatted(delivery.namespace(), delivery.pipeline());
        return inline.computeIfAbsent(
                List.of(address, spec.definition()),
                key -> InlineSteps.read(address, spec.definition()));
    }
}
