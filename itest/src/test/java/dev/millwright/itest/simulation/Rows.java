package dev.millwright.itest.simulation;

import dev.millwright.model.AttemptId;
import dev.millwright.model.NodeName;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.run.RunState;
import dev.millwright.server.run.AttemptRecord;
import java.time.Instant;
import java.util.UUID;

/// What the database holds.
final class Rows {
    private Rows() {}

    record RunRow(int id, Plan plan, RunState state, long revision) {}

    /// @param cause empty while the attempt is live
    /// @param logs chunks that are stored
    record AttemptRow(
            long id,
            int run,
            int position,
            int number,
            long fence,
            String node,
            String cause,
            int logs) {
        static final String REPORTED = "reported";
        static final String LOST = "lost";
        static final String NEVER_STARTED = "never-started";

        boolean isLive() {
            return cause.isEmpty();
        }

        static AttemptId idOf(long number) {
            return new AttemptId(new UUID(0, number));
        }

        static long numberOf(AttemptId id) {
            return id.value().getLeastSignificantBits();
        }

        /// What the real rules are given of it.
        AttemptRecord toRecord() {
            return new AttemptRecord(
                    idOf(id),
                    new RunId(new UUID(0, run)),
                    position,
                    number,
                    fence,
                    new NodeName(node),
                    isLive() ? AttemptRecord.Phase.LIVE : AttemptRecord.Phase.ENDED,
                    cause,
                    null,
                    null,
                    Instant.EPOCH,
                    null,
                    null,
                    0,
                    0,
                    0,
                    0);
        }

        AttemptRow ended(String how) {
            return new AttemptRow(id, run, position, number, fence, node, how, logs);
        }

        AttemptRow withLogs(int stored) {
            return new AttemptRow(id, run, position, number, fence, node, cause, stored);
        }
    }

    /// @param connection of the last Hello that counted
    /// @param heardAt by the clock of the database
    record NodeRow(String name, int slots, long connection, long heardAt) {}
}
