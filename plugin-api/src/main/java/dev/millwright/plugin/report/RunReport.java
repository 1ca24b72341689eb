package dev.millwright.plugin.report;

import dev.millwright.model.RunId;
import dev.millwright.model.plan.Source;
import dev.millwright.model.run.Outcome;
import dev.millwright.plugin.Stability;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A run as it stands at one moment. Immutable; rebuilt from the database each time.
///
/// ```java
/// long millis = Duration.between(run.queuedAt(), run.finishedAt().orElseThrow()).toMillis();
/// ```
///
/// @param number counts the runs of the pipeline, from 1
/// @param event what started it, such as `push`
/// @param cause one sentence on why the run exists
/// @param message one sentence on how it ended, when its steps do not tell; may be empty
/// @param outcomeOrNull set once it is finished
/// @param sourceOrNull the repository and commit; null for a pipeline without
/// @param inputs values of the pipeline's inputs; secrets are masked
/// @param traceId 32 hexadecimal digits, fixed when the run was made
/// @param rootSpanId 16 hexadecimal digits, likewise
/// @param parentSpanId of the span that caused the run (the `traceparent` of a request); empty when
///   there is none
/// @param steps all steps, groups too, in plan order: a group comes before its children
/// @param rerunOfOrNull the run that this one repeats
/// @param url of the run, for people
@Stability(Stability.Level.EVOLVING)
public record RunReport(
        RunId id,
        String namespace,
        String pipeline,
        long number,
        String event,
        String cause,
        String message,
        @Nullable Outcome outcomeOrNull,
        @Nullable Source sourceOrNull,
        Map<String, String> inputs,
        String traceId,
        String rootSpanId,
        String parentSpanId,
        Instant queuedAt,
        @Nullable Instant startedAtOrNull,
        @Nullable Instant finishedAtOrNull,
        @Nullable RunId rerunOfOrNull,
        String url,
        List<StepReport> steps) {
    public RunReport {
        inputs = Map.copyOf(inputs);
        steps = List.copyOf(steps);
    }

    public Optional<Outcome> outcome() {
        return Optional.ofNullable(outcomeOrNull);
    }

    public Optional<Source> source() {
        return Optional.ofNullable(sourceOrNull);
    }

    public Optional<Instant> startedAt() {
        return Optional.ofNullable(startedAtOrNull);
    }

    public Optional<Instant> finishedAt() {
        return Optional.ofNullable(finishedAtOrNull);
    }

    /// From the beginning of its first step to its end; empty before that.
    public Optional<Duration> took() {
        return startedAt().flatMap(start -> finishedAt().map(end -> Duration.between(start, end)));
    }

    public Optional<RunId> rerunOf() {
        return Optional.ofNullable(rerunOfOrNull);
    }

    /// The steps of work because of which the run is bad, in plan order: those that ended badly of
    /// themselves, without those that may fail or stand in a group that may.
    public List<StepReport> failedSteps() {
        List<StepReport> failed = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            StepReport step = steps.get(i);
            boolean group = i + 1 < steps.size() && steps.get(i + 1).path().isWithin(step.path());
            if (!group && step.isBroken() && !isAllowed(step)) {
                failed.add(step);
            }
        }
        return List.copyOf(failed);
    }

    private boolean isAllowed(StepReport failed) {
        return steps.stream()
                .filter(StepReport::allowFailure)
                .anyMatch(step -> failed.path().isWithin(step.path()));
    }

    /// The address for people, such as `default/web#17`.
    public String address() {
        return namespace + "/" + pipeline + "#" + number;
    }
}
