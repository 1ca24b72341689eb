package dev.millwright.server.run;

import dev.millwright.engine.progress.Action;
import dev.millwright.model.CrashPoints;
import dev.millwright.model.RunId;
import dev.millwright.model.run.RunPhase;
import dev.millwright.node.Assignment;
import dev.millwright.server.node.Fleet;
import dev.millwright.server.store.Database;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out what was decided about a run, once it is stored: nodes are told, and whoever waits.
///
/// Called from any thread, for one run by one thread at a time.
final class Consequences {
    private static final Logger log = LoggerFactory.getLogger(Consequences.class);

    private final Surroundings around;
    private final Duration grace;

    /// Who is told.
    ///
    /// @param onFinished of the run, after it
    /// @param elsewhere asks the other servers to look at a run
    record Surroundings(
            Database database,
            Fleet fleet,
            WaitingRuns waiting,
            WakeTimers timers,
            AttemptMasks masks,
            StepSecrets secrets,
            AttemptLosses losses,
            Consumer<RunId> onFinished,
            Consumer<RunId> elsewhere) {}

    /// @param grace between TERM and KILL of a step that is stopped
    Consequences(Surroundings around, Duration grace) {
        this.around = around;
        this.grace = grace;
    }

    void carryOut(ActiveRun decided, Effects effects) {
        RunId run = decided.record().id();
        boolean isOver = decided.state().isFinished();
        if (!effects.starts.isEmpty()) {
            CrashPoints.hit("K06");
        }
        if (decided.record().phase() == RunPhase.CANCELLING && !effects.stops.isEmpty()) {
            CrashPoints.hit("K12");
        }
        boolean othersConcerned = false;
        for (Effects.StartOrder start : effects.starts) {
            start(start);
        }
        for (Effects.StopOrder stop : effects.stops) {
            othersConcerned |=
                    !around.fleet().stop(stop.node(), stop.attempt(), stop.reason(), grace);
        }
        if (isOver || effects.waitsFor.isEmpty()) {
            around.waiting().remove(run);
        } else {
            await(decided, effects);
            othersConcerned = true;
        }
        if (!effects.awaitsSecrets.isEmpty()) {
            around.secrets().whenAnswered(decided, effects.awaitsSecrets);
        }
        if (effects.wakeAt != null && !isOver) {
            around.timers().wakeAt(run, effects.wakeAt);
        }
        if (effects.finished) {
            around.fleet().forgetRun(run);
            othersConcerned = true;
            Thread.ofVirtual().name("after-" + run).start(() -> around.onFinished().accept(run));
        }
        if (othersConcerned) {
            around.elsewhere().accept(run);
        }
    }

    private void await(ActiveRun decided, Effects effects) {
        RunRecord record = decided.record();
        around.waiting()
                .add(
                        record.id(),
                        record.namespace() + "/" + record.pipeline(),
                        decided.plan().head().priority(),
                        effects.waitsFor);
    }

    private void start(Effects.StartOrder order) {
        Assignment start = order.assignment();
        around.masks().given(start.attempt(), start.hidden());
        try {
            around.fleet().start(order.node(), start);
        } catch (RuntimeException failed) {
            log.warn("attempt {} could not be handed to its node", start.attempt(), failed);
            // The node did not take it, so it never began
            Thread.ofVirtual().start(() -> around.losses().neverStarted(start.attempt()));
        }
    }

    /// Tell the nodes once more of a stop that was decided before.
    void stopAgain(ActiveRun run, Action.Stop stop) {
        int position = run.plan().indexOf(stop.path());
        around
                .database()
                .read(tx -> tx.dao(AttemptDao.class).ofRun(run.record().id().value()))
                .stream()
                .filter(attempt -> attempt.position() == position)
                .filter(attempt -> attempt.phase() == AttemptRecord.Phase.LIVE)
                .forEach(attempt ->
                        around.fleet().stop(attempt.node(), attempt.id(), stop.reason(), grace));
    }
}
