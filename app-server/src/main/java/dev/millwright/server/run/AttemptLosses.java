package dev.millwright.server.run;

import dev.millwright.engine.progress.Signal;
import dev.millwright.model.AttemptId;
import dev.millwright.model.NodeName;
import dev.millwright.model.plan.StepPath;
import dev.millwright.node.AttemptEnd;
import dev.millwright.server.node.Fleet;
import dev.millwright.server.store.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives up attempts of which nothing will come any more: they never started, or nobody can tell.
///
/// Every method may be repeated, and may be called from any thread.
final class AttemptLosses {
    private static final Logger log = LoggerFactory.getLogger(AttemptLosses.class);

    private final Database database;
    private final RunDriver driver;
    private final Fleet fleet;
    private final InstantSource clock;

    AttemptLosses(Database database, RunDriver driver, InstantSource clock) {
        this.database = database;
        this.driver = driver;
        this.fleet = driver.fleet();
        this.clock = clock;
    }

    /// It is proven that no process of the attempt exists: close it and let the leaf start again.
    void neverStarted(AttemptId attempt) {
        Optional<AttemptRecord> known =
                database.read(tx -> tx.dao(AttemptDao.class).find(attempt.value()));
        known.ifPresent(record ->
                giveUp(
                        record,
                        path -> new Signal.NeverStarted(path, record.number()),
                        "never-started"));
    }

    /// Nobody can tell what became of the attempt, and nobody waits for it any longer.
    void lost(AttemptRecord attempt, String why) {
        log.warn("attempt {} on node '{}' is lost: {}", attempt.id(), attempt.node(), why);
        giveUp(attempt, path -> new Signal.Lost(path, attempt.number(), why), AttemptEnd.LOST);
    }

    /// Give up all attempts of a node that has been away for too long.
    void lost(NodeName node, String why) {
        database.read(tx -> tx.dao(AttemptDao.class).live(node.value()))
                .forEach(attempt -> lost(attempt, why));
    }

    /// Find attempts that were given to nodes and never reached them: the answer to a commit was
    /// lost, or the thread that was to hand them over. Their leaves start again.
    void startAgain(Instant before) {
        for (AttemptRecord attempt :
                database.read(tx -> tx.dao(AttemptDao.class).liveSince(before))) {
            if (fleet.giveUp(attempt.node(), attempt.id())) {
                log.warn("attempt {} never reached its node; its step starts again", attempt.id());
                neverStarted(attempt.id());
            }
        }
    }

    private void giveUp(AttemptRecord attempt, Function<StepPath, Signal> signal, String cause) {
        StepPath path = driver.active(attempt.run()).plan().step(attempt.position()).path();
        driver.ends()
                .end(
                        AttemptEnds.Ending.unknown(
                                attempt, cause, clock.instant(), signal.apply(path)));
    }
}
