package dev.millwright.server.run;

import dev.millwright.engine.plan.InlineSteps;
import dev.millwright.engine.yaml.ReadResult;
import dev.millwright.host.format.FormatException;
import dev.millwright.model.MillwrightException;
import dev.millwright.model.plan.RepositoryAccess;
import dev.millwright.model.plan.Source;
import dev.millwright.node.git.GitException;
import dev.millwright.plugin.Secret;
import dev.millwright.plugin.trigger.PullRequest;
import dev.millwright.plugin.trigger.RunRequest;
import dev.millwright.server.delivery.Delivery;
import dev.millwright.server.git.PipelineFiles;
import dev.millwright.server.git.PipelineFiles.Pinned;
import dev.millwright.server.git.Since;
import dev.millwright.server.resource.PipelineSpec;
import dev.millwright.server.secret.RepositorySecrets;
import dev.millwright.server.secret.SecretAnswer;
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
    private final Lookup secrets;

    /// Inline definitions that were read before, by their text; reading one again gives the same.
    private final Map<Object, ReadResult> inline = new ConcurrentHashMap<>();

    /// Waits for what opens a repository.
    @FunctionalInterface
    interface Lookup {
        SecretAnswer of(String namespace, RepositoryAccess access) throws InterruptedException;
    }

    PipelineSources(PipelineFiles files, Lookup secrets) {
        this.files = files;
        this.secrets = secrets;
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
        return switch (secrets(delivery, repository)) {
            case SecretAnswer.Ready(Map<String, Secret> values) ->
                    read(delivery, spec, start, files(delivery, repository, values));
            case SecretAnswer.Refused(String reason) -> unreadable(repository, reason);
            case SecretAnswer.Waiting waiting ->
                    unreadable(
                            repository,
                            waiting.reason().isEmpty()
                                    ? "the store of its secret does not answer"
                                    : waiting.reason());
        };
    }

    private SecretAnswer secrets(Delivery delivery, PipelineSpec.Repository repository) {
        if (repository.access().isEmpty()) {
            return SecretAnswer.Ready.NONE;
        }
        try {
            return secrets.of(delivery.namespace(), repository.access().get());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new MillwrightException("interrupted while a secret was looked up", stopped);
        }
    }

    private PipelineFiles files(
            Delivery delivery, PipelineSpec.Repository repository, Map<String, Secret> values) {
        return repository
                .access()
                .map(access ->
                        files.knowing(
                                RepositorySecrets.login(
                                        delivery.namespace(), access, values, false)))
                .orElse(files);
    }

    private static Answer unreadable(PipelineSpec.Repository repository, String reason) {
        return new Unreadable(
                "the repository %s cannot be read: %s".formatted(repository.url(), reason),
                Optional.empty());
    }

    private Answer read(
            Delivery delivery, PipelineSpec spec, Meaning.Start start, PipelineFiles files) {
        PipelineSpec.Repository repository = spec.repository().orElseThrow();
        try {
            Pinned pinned =
                    files.pin(
                            repository,
                            start.ref(),
                            start.commit(),
                            since(files, repository, start));
            Optional<Source> source = Optional.of(TriggeredSource.of(pinned.source(), start));
            Pinned definition = start.isTrusted() ? pinned : base(files, repository, start);
            return read(delivery, files, definition, spec, source);
        } catch (GitException refused) {
            return new Unreadable(String.valueOf(refused.getMessage()), Optional.empty());
        }
    }

    private static Answer read(
            Delivery delivery,
            PipelineFiles files,
            Pinned definition,
            PipelineSpec spec,
            Optional<Source> source) {
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
    private static Pinned base(
            PipelineFiles files, PipelineSpec.Repository repository, Meaning.Start start) {
        Optional<String> told =
                start.request().map(RunRequest::previousCommit).filter(commit -> !commit.isEmpty());
        return files.pin(repository, untoldTarget(start), told, Since.PARENT);
    }

    /// Since when files count as changed: for a pull request since its target.
    private static Since since(
            PipelineFiles files, PipelineSpec.Repository repository, Meaning.Start start) {
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
