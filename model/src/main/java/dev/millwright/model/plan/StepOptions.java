package dev.millwright.model.plan;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What every step may carry, whatever its kind.
///
/// @param name shown to people and used in `${steps.NAME.outputs.X}`
/// @param role what the step is for in its group
/// @param when the condition under which it runs; empty means always
/// @param environment variables for all leaves inside; values may hold `${...}` references
/// @param directoryOrNull working directory relative to the workspace; may hold `${...}` references
/// @param timeoutOrNull longest time from its start to its end, teardown apart
/// @param retry how often it is tried again, and when
/// @param allowFailure whether a bad outcome counts as a warning only
/// @param needs labels and facts that a node must offer
/// @param onLost what happens when nobody can tell how an attempt ended
/// @param matrix values of the matrix cell this step lies in
public record StepOptions(
        String name,
        Role role,
        When when,
        Map<String, String> environment,
        @Nullable String directoryOrNull,
        @Nullable Duration timeoutOrNull,
        Retry retry,
        boolean allowFailure,
        Map<String, String> needs,
        OnLost onLost,
        Map<String, String> matrix) {

    /// What to do with an attempt whose outcome is unknown.
    public enum OnLost {
        /// End the step with the outcome `error` and the cause `lost`. Nothing runs twice.
        FAIL,
        /// Run the step again on whichever node is there.
        RETRY
    }

    public StepOptions {
        requireNonNull(name, "name is null");
        environment = Map.copyOf(environment);
        needs = Map.copyOf(needs);
        matrix = Map.copyOf(matrix);
    }

    /// Plain options: a name, the role `BODY`, and defaults for the rest.
    public static StepOptions named(String name) {
        return new Builder(name).build();
    }

    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeoutOrNull);
    }

    public Optional<String> directory() {
        return Optional.ofNullable(directoryOrNull);
    }

    public Builder toBuilder() {
        Builder builder = new Builder(name);
        builder.role = role;
        builder.when = when;
        builder.environment = environment;
        builder.directory = directoryOrNull;
        builder.timeout = timeoutOrNull;
        builder.retry = retry;
        builder.allowFailure = allowFailure;
        builder.needs = needs;
        builder.onLost = onLost;
        builder.matrix = matrix;
        return builder;
    }

    /// Collects options one by one. Not thread-safe.
    public static final class Builder {
        private String name;
        private Role role = Role.BODY;
        private When when = When.ALWAYS;
        private Map<String, String> environment = Map.of();
        private @Nullable String directory;
        private @Nullable Duration timeout;
        private Retry retry = Retry.NONE;
        private boolean allowFailure;
        private Map<String, String> needs = Map.of();
        private OnLost onLost = OnLost.FAIL;
        private Map<String, String> matrix = Map.of();

        public Builder(String name) {
            this.name = name;
        }

        public Builder name(String value) {
            this.name = value;
            return this;
        }

        public Builder role(Role value) {
            this.role = value;
            return this;
        }

        public Builder when(When value) {
            this.when = value;
            return this;
        }

        public Builder environment(Map<String, String> value) {
            this.environment = value;
            return this;
        }

        public Builder directory(@Nullable String value) {
            this.directory = value;
            return this;
        }

        public Builder timeout(@Nullable Duration value) {
            this.timeout = value;
            return this;
        }

        public Builder retry(Retry value) {
            this.retry = value;
            return this;
        }

        public Builder allowFailure(boolean value) {
            this.allowFailure = value;
            return this;
        }

        public Builder needs(Map<String, String> value) {
            this.needs = value;
            return this;
        }

        public Builder onLost(OnLost value) {
            this.onLost = value;
            return this;
        }

        public Builder matrix(Map<String, String> value) {
            this.matrix = value;
            return this;
        }

        public StepOptions build() {
            return new StepOptions(
                    name,
                    role,
                    when,
                    environment,
                    directory,
                    timeout,
                    retry,
                    allowFailure,
                    needs,
                    onLost,
                    matrix);
        }
    }
}
