package dev.millwright.server.run;

import dev.millwright.model.plan.Change;
import dev.millwright.model.plan.Plan;
import dev.millwright.server.store.Database;
import java.util.List;
import java.util.Optional;

/// Finds the run that a run is compared with to tell what is new about it. Called from any thread.
final class Predecessors {
    private static final int MOST_RUNS = 1_000;
    private static final int MOST_OF_PULL_REQUESTS = 50;

    private final Database database;
    private final RunStore store;

    Predecessors(Database database, RunStore store) {
        this.database = database;
        this.store = store;
    }

    /// The last one of the same pipeline and branch, or pull request, that had ended good or bad
    /// when the given one ended: what ends later does not change the answer. Tags are compared with
    /// tags.
    Optional<RunRecord> of(RunView view) {
        RunRecord run = view.record();
        Optional<Long> pull = pullRequest(view.plan());
        return database.read(tx -> {
            List<RunRecord> candidates =
                    tx.dao(RunDao.class)
                            .judgedBefore(
                                    run,
                                    run.number() - MOST_RUNS,
                                    run.tag().isEmpty() ? 0 : 1,
                                    run.event().startsWith("pull_request") ? 1 : 0,
                                    run.finishedAt().orElseGet(tx::now),
                                    pull.isPresent() ? MOST_OF_PULL_REQUESTS : 1);
            return candidates.stream()
                    .filter(one ->
                            pull.isEmpty()
                                    || store.load(tx, one.id())
                                            .map(found -> pullRequest(found.plan()))
                                            .filter(pull::equals)
                                            .isPresent())
                    .findFirst();
        });
    }

    private static Optional<Long> pullRequest(Plan plan) {
        return plan.head().change().flatMap(Change::pullRequest).map(Change.PullRequest::number);
    }
}
