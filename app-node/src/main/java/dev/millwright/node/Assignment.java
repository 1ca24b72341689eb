package dev.millwright.node;

import static java.util.Objects.requireNonNull;

import dev.millwright.model.AttemptId;
import dev.millwright.model.Parameters;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.OutputSource;
import dev.millwright.model.plan.StepPath;
import dev.millwright.plugin.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One attempt, as it is handed to a node. Immutable; the node's journal keeps it as JSON.
///
/// @param attempt also the cookie that all its processes carry
/// @param fence goes back with every report; a report with an old fence changes nothing
/// @param runner kind of the runner, such as `process`
/// @param parameters what the plan says for that kind of runner
/// @param environment without the paths, which the node adds
/// @param directoryOrNull working directory relative to the workspace
/// @param workspaceOrNull what lies in the workspace; null for an empty one
/// @param timeoutOrNull the node ends the attempt itself after this time, also while cut off
/// @param grace between TERM and KILL when that timeout passes
/// @param logLimit bytes of output after which the attempt is ended with the cause `log-limit`
/// @param outputs published from files; `$MILLWRIGHT_OUTPUT` needs no declaration
/// @param secretsOrNull values for what stands in the environment as `${secret:...}`, by that text;
///   null when they are not known any more: the journal never has them
/// @param changedFiles become the lines of the file named by `$CI_CHANGED_FILES_FILE`
public record Assignment(
        AttemptId attempt,
        long fence,
        RunId run,
        StepPath path,
        String runner,
        Parameters parameters,
        Map<String, String> environment,
        @Nullable String directoryOrNull,
        @Nullable WorkspaceRequest workspaceOrNull,
        @Nullable Duration timeoutOrNull,
        Duration grace,
        long logLimit,
        List<OutputSource> outputs,
        List<String> changedFiles,
        @Nullable Map<String, Secret> secretsOrNull) {
    public static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);
    public static final long DEFAULT_LOG_LIMIT = 1L << 30;

    public Assignment {
        requireNonNull(attempt, "attempt is null");
        requireNonNull(run, "run is null");
        requireNonNull(path, "path is null");
        requireNonNull(runner, "runner is null");
        requireNonNull(parameters, "parameters is null");
        requireNonNull(grace, "grace is null");
        environment = Map.copyOf(environment);
        outputs = List.copyOf(outputs);
        changedFiles = List.copyOf(changedFiles);
        secretsOrNull = secretsOrNull == null ? null : Map.copyOf(secretsOrNull);
    }

    /// Values of secrets, by their references.
    public Map<String, Secret> secrets() {
        return secretsOrNull == null ? Map.of() : secretsOrNull;
    }

    /// All that must not be seen in what the step tells.
    public List<Secret> hidden() {
        return Stream.concat(
                        secrets().values().stream(),
                        workspace().stream().flatMap(one -> one.login().secrets().stream()))
                .toList();
    }

    /// The same without the values of its secrets, to be written down.
    public Assignment withoutSecrets() {
        return with(workspaceOrNull == null ? null : workspaceOrNull.withoutLogin(), null);
    }

    /// The same with values of its secrets that were found again.
    public Assignment withSecrets(Map<String, Secret> values) {
        return with(workspaceOrNull, values);
    }

    private Assignment with(
            @Nullable WorkspaceRequest workspace, @Nullable Map<String, Secret> secrets) {
        return new Assignment(
                attempt,
                fence,
                run,
                path,
                runner,
                parameters,
                environment,
                directoryOrNull,
                workspace,
                timeoutOrNull,
                grace,
                logLimit,
                outputs,
                changedFiles,
                secrets);
    }

    public Optional<String> directory() {
        return Optional.ofNullable(directoryOrNull);
    }

    public Optional<WorkspaceRequest> workspace() {
        return Optional.ofNullable(workspaceOrNull);
    }

    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeoutOrNull);
    }

    /// What every assignment has; the rest has defaults.
    public static Builder builder(
            AttemptId attempt,
            long fence,
            RunId run,
            StepPath path,
            String runner,
            Parameters parameters) {
        return new Builder(attempt, fence, run, path, runner, parameters);
    }

    /// Collects the optional parts. Not thread-safe.
    public static final class Builder {
        private final AttemptId attempt;
        private final long fence;
        private final RunId run;
        private final StepPath path;
        private final String runner;
        private final Parameters parameters;
        private Map<String, String> environment = Map.of();
        private @Nullable String directory;
        private @Nullable WorkspaceRequest workspace;
        private @Nullable Duration timeout;
        private Duration grace = DEFAULT_GRACE;
        private long logLimit = DEFAULT_LOG_LIMIT;
        private List<OutputSource> outputs = List.of();
        private List<String> changedFiles = List.of();
        private Map<String, Secret> secrets = Map.of();

        private Builder(
                AttemptId attempt,
                long fence,
                RunId run,
                StepPath path,
                String runner,
                Parameters parameters) {
            this.attempt = attempt;
            this.fence = fence;
            this.run = run;
            this.path = path;
            this.runner = runner;
            this.parameters = parameters;
        }

        public Builder environment(Map<String, String> value) {
            this.environment = value;
            return this;
        }

        public Builder directory(@Nullable String value) {
            this.directory = value;
            return this;
        }

        public Builder workspace(@Nullable WorkspaceRequest value) {
            this.workspace = value;
            return this;
        }

        public Builder timeout(@Nullable Duration value) {
            this.timeout = value;
            return this;
        }

        public Builder grace(Duration value) {
            this.grace = value;
            return this;
        }

        public Builder logLimit(long value) {
            this.logLimit = value;
            return this;
        }

        public Builder outputs(List<OutputSource> value) {
            this.outputs = value;
            return this;
        }

        public Builder changedFiles(List<String> value) {
            this.changedFiles = value;
            return this;
        }

        public Builder secrets(Map<String, Secret> value) {
            this.secrets = value;
            return this;
        }

        public Assignment build() {
            return new Assignment(
                    attempt,
                    fence,
                    run,
                    path,
                    runner,
                    parameters,
                    environment,
                    directory,
                    workspace,
                    timeout,
                    grace,
                    logLimit,
                    outputs,
                    changedFiles,
                    secrets);
        }
    }
}
