package dev.millwright.itest.simulation;

import dev.millwright.itest.simulation.Rows.AttemptRow;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import dev.millwright.node.Known;
import java.util.UUID;

/// What a node's journal holds of an attempt.
///
/// @param writtenAt when the journal learnt of the stage
record JournalEntry(
        long attempt,
        long fence,
        int run,
        Stage stage,
        Outcome outcome,
        boolean lost,
        int logs,
        boolean stopped,
        long writtenAt) {
    enum Stage {
        TAKEN,
        /// Its program died before it started.
        NEVER_STARTED,
        STARTED,
        ENDED
    }

    JournalEntry at(Stage next, long now) {
        return new JournalEntry(attempt, fence, run, next, outcome, lost, logs, stopped, now);
    }

    JournalEntry ended(Outcome how, boolean isLost, long now) {
        return new JournalEntry(attempt, fence, run, Stage.ENDED, how, isLost, logs, stopped, now);
    }

    JournalEntry withLogs(int stored) {
        return new JournalEntry(
                attempt, fence, run, stage, outcome, lost, stored, stopped, writtenAt);
    }

    JournalEntry stop() {
        return new JournalEntry(attempt, fence, run, stage, outcome, lost, logs, true, writtenAt);
    }

    /// What the node says of it in a Hello.
    Known known() {
        return new Known(
                AttemptRow.idOf(attempt),
                fence,
                new RunId(new UUID(0, run)),
                StepPath.ROOT,
                state());
    }

    private Known.State state() {
        return switch (stage) {
            case NEVER_STARTED -> Known.State.NEVER_STARTED;
            case TAKEN, STARTED -> Known.State.RUNNING;
            case ENDED -> lost ? Known.State.LOST : Known.State.ENDED;
        };
    }
}
