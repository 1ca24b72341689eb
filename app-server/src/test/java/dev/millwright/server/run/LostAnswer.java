package dev.millwright.server.run;

import dev.millwright.engine.progress.Signal;
import dev.millwright.model.run.Outcome;
import dev.millwright.node.Assignment;
import dev.millwright.server.store.StoreException;
import dev.millwright.server.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A database that commits what a node reported, while the server hears that it failed.
public final class LostAnswer {
    private LostAnswer() {}

    /// Take the news that the first attempt of a step succeeded.
    ///
    /// @throws StoreException always, once it is committed
    public static void success(RunSystem system, Assignment step) {
        RunDriver driver = system.driver();
        driver.fleet().release(step.attempt());
        Signal ended = new Signal.Ended(step.path(), 1, Outcome.SUCCESS, "", "", 0, Map.of());
        var _ =
                driver.signal(
                        step.run(),
                        tx -> close(tx, step) ? Optional.of(List.of(ended)) : Optional.empty(),
                        true);
    }

    private static boolean close(Tx tx, Assignment step) {
        // Last of all: what others do at the end must not be left out
        tx.beforeCommit(() -> tx.atEnd(LostAnswer::fail));
        Instant now = Instant.now();
        return tx.dao(AttemptDao.class)
                        .end(step.attempt().value(), "", Outcome.SUCCESS, 0, now, now)
                > 0;
    }

    private static void fail() {
        throw new StoreException("the answer to the commit was lost");
    }
}
