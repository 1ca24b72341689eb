package dev.millwright.server.run;

import dev.millwright.model.DeliveryId;
import dev.millwright.model.RunId;
import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.RunPhase;
import dev.millwright.model.run.RunState;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known of a run without its plan and steps; one row of the table `runs`.
///
/// @param number counts the runs of one pipeline from 1
/// @param cause one sentence for people: what started the run
/// @param message why the run ended as it did, when its steps do not tell, or what it waits for
///   before anything of it runs
/// @param revision grows with every stored decision; the fence of the attempts assigned with it
/// @param eventCount how many events the run has had; the sequence number of the last one
/// @param stepsTotal how many steps do work, without groups
/// @param stepsFinished how many of these have ended
public record RunRecord(
        RunId id,
        String namespace,
        String pipeline,
        long number,
        RunPhase phase,
        @Nullable Outcome outcomeOrNull,
        String event,
        String cause,
        @Nullable DeliveryId deliveryOrNull,
        @Nullable RunId rerunOfOrNull,
        String branch,
        String tag,
        String commit,
        String commitMessage,
        String author,
        String message,
        String traceId,
        String rootSpanId,
        @Nullable String concurrencyGroupOrNull,
        long revision,
        long eventCount,
        int stepsTotal,
        int stepsFinished,
        Instant queuedAt,
        @Nullable Instant startedAtOrNull,
        @Nullable Instant finishedAtOrNull,
        @Nullable Instant wakeAtOrNull) {

    public Optional<Outcome> outcome() {
        return Optional.ofNullable(outcomeOrNull);
    }

    public Optional<DeliveryId> delivery() {
        return Optional.ofNullable(deliveryOrNull);
    }

    public Optional<RunId> rerunOf() {
        return Optional.ofNullable(rerunOfOrNull);
    }

    public Optional<String> concurrencyGroup() {
        return Optional.ofNullable(concurrencyGroupOrNull);
    }

    public Optional<Instant> startedAt() {
        return Optional.ofNullable(startedAtOrNull);
    }

    public Optional<Instant> finishedAt() {
        return Optional.ofNullable(finishedAtOrNull);
    }

    /// Whether it has begun only to wait for somebody who says that it may go on.
    public boolean isHeld() {
        return phase == RunPhase.RUNNING && !message.isEmpty();
    }

    public boolean isFinished() {
        return phase == RunPhase.FINISHED;
    }

    /// The address for people, such as `default/web#17`.
    public String address() {
        return namespace + "/" + pipeline + "#" + number;
    }

    /// The record that belongs to the next state; its revision is one higher.
    RunRecord next(
            RunState state,
            int newStepsFinished,
            String newMessage,
            Instant now,
            @Nullable Instant wakeAt) {
        boolean starts = startedAtOrNull == null && state.phase() != RunPhase.BLOCKED;
        return new RunRecord(
                id,
                namespace,
                pipeline,
                number,
                state.phase(),
                state.outcomeOrNull(),
                event,
                cause,
                deliveryOrNull,
                rerunOfOrNull,
                branch,
                tag,
                commit,
                commitMessage,
                author,
                StepRows.shorten(newMessage, 4_000),
                traceId,
                rootSpanId,
                concurrencyGroupOrNull,
                revision + 1,
                eventCount,
                stepsTotal,
                newStepsFinished,
                queuedAt,
                starts ? now : startedAtOrNull,
                state.isFinished() ? now : null,
                state.isFinished() ? null : wakeAt);
    }

    RunRecord withMoreEvents(int more) {
        return new RunRecord(
                id,
                namespace,
                pipeline,
                number,
                phase,
                outcomeOrNull,
                event,
                cause,
                deliveryOrNull,
                rerunOfOrNull,
                branch,
                tag,
                commit,
                commitMessage,
                author,
                message,
                traceId,
                rootSpanId,
                concurrencyGroupOrNull,
                revision,
                eventCount + more,
                stepsTotal,
                stepsFinished,
                queuedAt,
                startedAtOrNull,
                finishedAtOrNull,
                wakeAtOrNull);
    }
}
