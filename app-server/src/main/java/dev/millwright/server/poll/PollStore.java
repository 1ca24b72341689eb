package dev.millwright.server.poll;

import dev.millwright.model.Parameters;
import dev.millwright.model.Payload;
import dev.millwright.plugin.poll.Finding;
import dev.millwright.plugin.poll.PollResult;
import dev.millwright.server.delivery.Intake;
import dev.millwright.server.delivery.NewDelivery;
import dev.millwright.server.event.Journal;
import dev.millwright.server.event.NewEvent;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.Tx;
import dev.millwright.server.trigger.RunRequests;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what looks bring: state and deliveries in one transaction, and only as long as the look's
/// fence stands.
///
/// Called from any thread.
final class PollStore {
    private static final Logger log = LoggerFactory.getLogger(PollStore.class);
    private static final int LONGEST_PROBLEM = 2_000;

    private final Database database;
    private final Journal journal;
    private final Intake intake;
    private final InstantSource clock;

    PollStore(Database database, Journal journal, Intake intake, InstantSource clock) {
        this.database = database;
        this.journal = journal;
        this.intake = intake;
        this.clock = clock;
    }

    /// What the last look left; empty when the look counts no more.
    Optional<String> state(Look look) {
        return database.read(tx -> tx.dao(PollDao.class).state(look.key(), look.claim()));
    }

    /// Store findings and state. Throws what the database throws; then nothing of it is stored.
    ///
    /// @param before the state that the look began with
    void looked(Look look, String before, PollResult.Looked result) {
        Instant now = clock.instant();
        Instant next = PollTimes.next(look.key(), look.poll().poll().every(), now);
        database.change(tx -> {
            PollDao rows = tx.dao(PollDao.class);
            // First of all, since findings of a look that counts no more must not become runs.
            // Mostly there is nothing new, and one statement is enough.
            boolean counts =
                    (result.state().equals(before)
                                    || rows.keep(look.key(), look.claim(), result.state()) == 1)
                            && (result.findings().isEmpty()
                                    || rows.found(look.key(), look.claim(), now) == 1)
                            && rows.sawNothing(look.key(), look.claim(), next, now) == 1;
            if (!counts) {
                return;
            }
            result.findings().forEach(finding -> deliver(tx, look, finding));
            if (look.failures() > 0) {
                note(tx, look, "poll.recovered", "");
            }
        });
        if (look.failures() > 0) {
            log.info("poll {} looks again after {} failures", look.key(), look.failures());
        }
    }

    private void deliver(Tx tx, Look look, Finding finding) {
        var _ =
                intake.accept(
                        tx,
                        new NewDelivery(
                                look.key().source(),
                                finding.key(),
                                look.key().namespace(),
                                look.key().pipeline(),
                                finding.request().event(),
                                Map.of(),
                                Payload.EMPTY,
                                RunRequests.stored(finding.request())));
    }

    /// Note that the look failed; the state stays.
    void failed(Look look, String reason, Duration asked) {
        String problem =
                reason.length() <= LONGEST_PROBLEM
                        ? reason
                        : reason.substring(0, LONGEST_PROBLEM - 1) + "…";
        Instant now = clock.instant();
        Instant next =
                PollTimes.afterFailure(
                        look.key(), look.poll().poll().every(), look.failures() + 1, asked, now);
        boolean first =
                database.write(tx -> {
                    int kept =
                            tx.dao(PollDao.class)
                                    .failed(look.key(), look.claim(), next, problem, now);
                    if (kept == 1 && look.failures() == 0) {
                        note(tx, look, "poll.failed", problem);
                        return true;
                    }
                    return false;
                });
        if (first) {
            log.warn("poll {} failed and is tried again: {}", look.key(), problem);
        }
    }

    /// Failures in a row are one event, not one each.
    private void note(Tx tx, Look look, String type, String problem) {
        Parameters data =
                new Parameters(
                        Map.of(
                                "pipeline", look.key().pipeline(),
                                "poll", look.key().name(),
                                "problem", problem));
        journal.append(
                tx,
                NewEvent.of(
                        look.key().namespace(), type, "pipeline/" + look.key().pipeline(), data));
    }
}
