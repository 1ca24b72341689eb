package dev.millwright.server.run;

import dev.millwright.model.AttemptId;
import dev.millwright.model.RunId;
import dev.millwright.model.log.LogPosition;
import dev.millwright.node.Known;
import dev.millwright.node.Settlement;
import dev.millwright.server.node.LocalNode;
import dev.millwright.server.store.Database;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings together what the database says and what the node's journal says after a restart, and
/// sets every unfinished run going again.
///
/// Run once, by the starting thread, before the server calls itself ready.
final class Recovery {
    private static final Logger log = LoggerFactory.getLogger(Recovery.class);

    private final Database database;
    private final RunDriver driver;
    private final LocalNode node;
    private final Function<AttemptId, LogPosition> logEnd;

    /// @param logEnd up to where the log of an attempt is stored
    Recovery(Database database, RunDriver driver, Function<AttemptId, LogPosition> logEnd) {
        this.database = database;
        this.driver = driver;
        this.node = driver.node();
        this.logEnd = logEnd;
    }

    void run() {
        Map<AttemptId, Known> known = new HashMap<>();
        node.hello().forEach(attempt -> known.put(attempt.attempt(), attempt));
        List<AttemptRecord> live =
                database.read(tx -> tx.dao(AttemptDao.class).live(node.name().value()));
        for (AttemptRecord attempt : live) {
            Known journalled = known.remove(attempt.id());
            if (journalled == null) {
                driver.neverStarted(attempt.run(), attempt.id());
            } else {
                settle(attempt, journalled);
            }
        }
        known.keySet().forEach(this::forget);
        List<RunId> unfinished =
                database.read(tx -> tx.dao(RunDao.class).unfinished()).stream()
                        .map(RunId::new)
                        .toList();
        unfinished.forEach(driver::resume);
        if (!unfinished.isEmpty()) {
            log.info(
                    "{} unfinished runs go on, {} steps were under way",
                    unfinished.size(),
                    live.size());
        }
    }

    private void settle(AttemptRecord attempt, Known journalled) {
        switch (journalled.state()) {
            case RUNNING, ENDED, LOST -> {
                node.occupy(attempt.id());
                node.settle(attempt.id(), new Settlement.Continue(logEnd.apply(attempt.id())));
            }
            case NEVER_STARTED -> {
                node.settle(attempt.id(), new Settlement.Forget());
                driver.neverStarted(attempt.run(), attempt.id());
            }
        }
    }

    /// The database knows nothing of the attempt, or has given it up.
    private void forget(AttemptId attempt) {
        node.settle(attempt, new Settlement.Fenced());
    }
}
