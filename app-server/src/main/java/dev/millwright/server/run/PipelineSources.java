package dev.millwright.server.run;

import dev.millwright.engine.plan.InlineSteps;
import dev.millwright.engine.yaml.ReadResult;
import dev.millwright.host.format.FormatException;
import dev.millwright.model.plan.Source;
import dev.millwright.node.git.GitException;
import dev.millwright.plugin.trigger.PullRequest;
import dev.millwright.plugin.trigger.RunRequest;
import dev.millwright.server.delivery.Delivery;
import dev.millwright.server.git.PipelineFiles;
import dev.millwright.server.git.PipelineFiles.Pinned;
import dev.millwright.server.git.Since;
import dev.millwright.server.resource.PipelineSpec;
import dev.millwright.server.trigger.Meaning;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds the definition of a pipeline: in its resource, or in its repository at the commit that the
/// run is pinned to.
///
/// Called from any thread.
final class PipelineSources {
    private static final Logger log = LoggerFactory.getLogger(PipelineSources.class);
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
                    inline(delivery, spec),
                    TriggeredSource.told(start),
                    spec.environment(),
                    List.of());
        }
        PipelineSpec.Repository repository = spec.repository().get();
        try {
            Pinned pinned =
                    files.pin(repository, start.ref(), start.commit(), since(repository, start));
            Optional<Source> source = Optional.of(TriggeredSource.of(pinned.source(), start));
            Pinned definition = start.isTrusted() ? pinned : base(repository, start);
            return read(delivery, definition, spec, source);
        } catch (GitException refused) {
            return new Unreadable(String.valueOf(refused.getMessage()), Optional.empty());
        }
    }

    private Answer read(
            Delivery delivery, Pinned definition, PipelineSpec spec, Optional<Source> source) {
        String file = spec.repository().map(PipelineSpec.Repository::file).orElse("");
        try {
            return switch (files.read(definition, delivery.pipeline(), file)) {
                case PipelineFiles.NoFile(String message) -> new Unreadable(message, source);
                case PipelineFiles.Parsed(
                                ReadResult result,
                                List<String> names,
                                List<String> warnings) -> {
                    warnings.forEach(warning ->
                            log.info(
                                    "pipeline {}/{}, {}: {}",
                                    delivery.namespace(),
                                    delivery.pipeline(),
                                    names.getFirst(),
                                    warning));
                    yield new Found(result, source, spec.environment(), names);
                }
            };
        } catch (FormatException failed) {
            return new Unreadable(String.valueOf(failed.getMessage()), source);
        }
    }

    /// What strangers cannot have written: the commit that their change is to be merged into, the
    /// tip of that branch where the forge does not tell the commit, or of the pipeline's own.
    private Pinned base(PipelineSpec.Repository repository, Meaning.Start start) {
        Optional<String> told =
                start.request().map(RunRequest::previousCommit).filter(commit -> !commit.isEmpty());
        return files.pin(repository, untoldTarget(start), told, Since.PARENT);
    }

    /// Since when files count as changed: for a pull request since its target.
    private Since since(PipelineSpec.Repository repository, Meaning.Start start) {
        Optional<String> target = untoldTarget(start);
        return target.isEmpty()
                ? TriggeredSource.since(start)
                : new Since(
                        files.pin(repository, target, Optional.empty(), Since.PARENT)
                                .source()
                                .commit(),
                        true);
    }

    /// The branch that a pull request goes to, when the forge does not tell the commit at its tip.
    private static Optional<String> untoldTarget(Meaning.Start start) {
        return start.request()
                .filter(request -> request.previousCommit().isEmpty())
                .flatMap(RunRequest::pullRequest)
                .map(PullRequest::targetBranch)
                .filter(branch -> !branch.isEmpty())
                .map(branch -> "refs/heads/" + branch);
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
