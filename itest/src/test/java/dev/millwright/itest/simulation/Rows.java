package dev.millwright.itest.simulation;

import dev.millwright.model.plan.Plan;
import dev.millwright.model.run.RunState;

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

        AttemptRow ended(String how) {
            return new AttemptRow(id, run, position, number, fence, node, how, logs);
        }

        AttemptRow withLogs(int stored) {
            return new AttemptRow(id, run, position, number, fence, node, cause, stored);
        }
    }

    /// @param heardAt by the clock of the database
    record NodeRow(String name, int slots, long heardAt) {}
}
