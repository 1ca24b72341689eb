package dev.millwright.server.web;

import dev.millwright.model.RunId;
import dev.millwright.server.event.EventFeed;
import dev.millwright.server.event.EventFilter;
import dev.millwright.server.event.Subscription;
import dev.millwright.server.run.RunView;
import dev.millwright.server.run.Runs;
import dev.millwright.server.store.Database;
import dev.millwright.server.web.route.ProblemException;
import dev.millwright.server.web.route.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Runs whose id was given away with a 202 while their delivery still waits in the queue. Called
/// from any thread.
final class AwaitedRuns {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration SLACK = Duration.ofMinutes(10);

    private final Database database;
    private final Runs runs;
    private final EventFeed feed;

    AwaitedRuns(Database database, Runs runs, EventFeed feed) {
        this.database = database;
        this.runs = runs;
        this.feed = feed;
    }

    /// The run; waits a little for one that is about to begin. Throws a problem when there is none.
    RunView require(RunId run) {
        return runs.view(run).or(() -> begun(run)).orElseThrow(() -> missing(run));
    }

    /// The run as soon as it begins; empty when it does not in time.
    private Optional<RunView> begun(RunId run) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (Subscription events = feed.subscribe(EventFilter.ofRun(run), feed.position())) {
            while (isAwaited(run) && System.nanoTime() < deadline && !events.isEnded()) {
                Optional<RunView> found = runs.view(run);
                if (found.isPresent()) {
                    return found;
                }
                // No event of the run says that its delivery was turned down
                var _ = events.next(LOOK);
            }
            // It may have begun between the two looks
            return runs.view(run);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw ProblemException.of(ProblemType.UNAVAILABLE, "the server is stopping")
                    .withHeader("Retry-After", "2");
        }
    }

    /// Whether the run is not there yet, but will be unless its delivery is turned down.
    ///
    /// The delivery was stored when the id was made, and the id tells when that was.
    boolean isAwaited(RunId run) {
        if (!tellsItsTime(run)) {
            return false;
        }
        Instant made = made(run);
        return database.read(tx ->
                tx.dao(AwaitedRunDao.class)
                        .isAwaited(run.value(), made.minus(SLACK), made.plus(SLACK)));
    }

    private Optional<String> turnedDown(RunId run) {
        if (!tellsItsTime(run)) {
            return Optional.empty();
        }
        Instant made = made(run);
        return database.read(tx ->
                tx.dao(AwaitedRunDao.class)
                        .turnedDown(run.value(), made.minus(SLACK), made.plus(SLACK)));
    }

    private static boolean tellsItsTime(RunId run) {
        return run.value().version() == 7;
    }

    private static Instant made(RunId run) {
        return Instant.ofEpochMilli(run.value().getMostSignificantBits() >>> 16);
    }

    private ProblemException missing(RunId run) {
        return isAwaited(run)
                ? ProblemException.of(
                                ProblemType.NOT_FOUND,
                                "run %s has not begun; its delivery waits in the queue"
                                        .formatted(run))
                        .withHeader("Retry-After", "1")
                : ProblemException.of(
                        ProblemType.NOT_FOUND,
                        "there is no run "
                                + run
                                + turnedDown(run).map(why -> "; its " + why).orElse(""));
    }
}
