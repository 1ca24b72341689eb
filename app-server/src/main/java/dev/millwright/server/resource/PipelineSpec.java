package dev.millwright.server.resource;

import dev.millwright.model.Parameters;
import dev.millwright.model.plan.RepositoryAccess;
import dev.millwright.model.plan.Source;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The spec of a `Pipeline`: where its steps come from and what starts it.
///
/// @param repositoryOrNull where the pipeline file lives; null when the steps stand in the resource
/// @param webhookOpen whether `/webhook?pipeline=` works without a key
/// @param environment variables for all steps of a pipeline with a repository; a pipeline without
///   one has them in its definition
/// @param definition the keys of a pipeline file, for [dev.millwright.engine.plan.InlineSteps];
///   empty when there is a repository
/// @param suspend whether triggers are ignored; starting by hand still works
public record PipelineSpec(
        @Nullable Repository repositoryOrNull,
        boolean webhookOpen,
        List<Hook> hooks,
        List<Cron> crons,
        List<Poll> polls,
        Map<String, String> environment,
        Parameters definition,
        boolean suspend) {
    /// The type of hooks that name none.
    public static final String GENERIC = "generic";

    /// Where the pipeline file lives.
    ///
    /// @param branch the branch for runs that name none; empty for the repository's default branch
    /// @param file path of the pipeline file; empty for `.millwright.yaml` or `.millwright/*.yaml`
    /// @param accessOrNull what opens it; null where it names no credentials
    public record Repository(
            String url,
            String branch,
            String file,
            Source.Checkout checkout,
            @Nullable RepositoryAccess accessOrNull) {
        /// One that needs no credentials of its pipeline.
        public Repository(String url, String branch, String file, Source.Checkout checkout) {
            this(url, branch, file, checkout, null);
        }

        public Optional<RepositoryAccess> access() {
            return Optional.ofNullable(accessOrNull);
        }
    }

    /// A hook: `POST /hooks/TYPE/NAMESPACE.PIPELINE.NAME`.
    ///
    /// @param type the trigger's kind, such as `github`; [#GENERIC] for the one that is built in
    /// @param settings what the trigger wants to know, as it is written
    public record Hook(String name, String type, Parameters settings) {}

    /// A look in turns by a trigger of a plugin.
    ///
    /// @param type the trigger's kind, such as `git`
    /// @param settings what the trigger wants to know, as it is written
    public record Poll(String name, String type, Duration every, Parameters settings) {
        /// Shortest time between two looks.
        public static final Duration SHORTEST = Duration.ofSeconds(10);

        /// For who says nothing.
        public static final Duration USUAL = Duration.ofMinutes(1);
    }

    /// A schedule.
    ///
    /// @param schedules cron expressions; it fires when any of them does
    /// @param ref the ref to run on; empty for the pipeline's branch
    /// @param jitter each occurrence is held back by its own fixed part of this
    public record Cron(
            String name,
            List<String> schedules,
            ZoneId timeZone,
            Misfire misfire,
            Overlap overlap,
            Duration jitter,
            @Nullable Instant startAtOrNull,
            @Nullable Instant endAtOrNull,
            boolean suspend,
            String ref,
            Map<String, String> inputs) {
        public Cron {
            schedules = List.copyOf(schedules);
            inputs = Map.copyOf(inputs);
        }

        public Optional<Instant> startAt() {
            return Optional.ofNullable(startAtOrNull);
        }

        public Optional<Instant> endAt() {
            return Optional.ofNullable(endAtOrNull);
        }
    }

    /// What to do about occurrences that no server was there for.
    public enum Misfire {
        /// Forget them.
        SKIP,
        /// Make up for the last one.
        ONCE,
        /// Make up for each, the last ten at most.
        ALL
    }

    /// What to do when a run of the schedule is still going on.
    public enum Overlap {
        /// Start another beside it.
        ALLOW,
        /// Leave this occurrence out.
        FORBID,
        /// Cancel it and start anew.
        REPLACE
    }

    public PipelineSpec {
        hooks = List.copyOf(hooks);
        crons = List.copyOf(crons);
        polls = List.copyOf(polls);
        environment = Map.copyOf(environment);
    }

    public Optional<Repository> repository() {
        return Optional.ofNullable(repositoryOrNull);
    }

    /// Whether the steps stand in the resource itself.
    public boolean isInline() {
        return repositoryOrNull == null;
    }
}
