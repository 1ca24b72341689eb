package dev.millwright.server.run;

import dev.millwright.model.DeliveryId;
import dev.millwright.model.RunId;
import dev.millwright.server.delivery.Deliveries;
import dev.millwright.server.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds whatever is due and has lost its wake-up: deliveries nobody decided about, runs whose
/// moment has passed, attempts that never reached their node, groups whose next run was not let in,
/// and slots that stand free while runs wait.
///
/// Called from one thread at a time; all it does may be repeated.
public final class Sweeper {
    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int BATCH = 200;

    private final Database database;
    private final Deliveries deliveries;
    private final RunStarter starter;
    private final RunDriver driver;
    private final GroupQueue groups;
    private final InstantSource clock;

    Sweeper(
            Database database,
            Deliveries deliveries,
            RunStarter starter,
            RunDriver driver,
            InstantSource clock) {
        this.database = database;
        this.deliveries = deliveries;
        this.starter = starter;
        this.driver = driver;
        this.groups = new GroupQueue(database, driver::signal);
        this.clock = clock;
    }

    /// Look once.
    public void sweep() {
        Instant due = clock.instant().minus(PATIENCE);
        List<DeliveryId> undecided = deliveries.undecided(due, BATCH);
        each(undecided, starter::start);
        List<RunId> overdue =
                database.read(tx -> tx.dao(RunDao.class).overdue(due)).stream()
                        .map(RunId::new)
                        .toList();
        each(overdue, driver::advance);
        driver.losses().startAgain(due);
        each(left(), driver::resume);
        groups.admitAll();
        driver.placeWaiting();
    }

    /// Runs that may have been left with something to do for nodes of this server, by other servers
    /// or because the answer to a commit was lost: leaves that wait for a slot, and attempts that
    /// have to end.
    private List<RunId> left() {
        Set<UUID> runs =
                database.read(tx -> {
                    Set<UUID> found = new LinkedHashSet<>(tx.dao(RunDao.class).withQueuedSteps());
                    found.addAll(tx.dao(StepDao.class).stopping());
                    return found;
                });
        return runs.stream().map(RunId::new).filter(run -> !driver.isWaiting(run)).toList();
    }

    /// One that fails must not keep the others waiting.
    private static <T> void each(List<T> due, Consumer<T> work) {
        for (T one : due) {
            try {
                work.accept(one);
            } catch (RuntimeException failed) {
                log.warn("{} was due and could not be dealt with", one, failed);
            }
        }
    }
}
