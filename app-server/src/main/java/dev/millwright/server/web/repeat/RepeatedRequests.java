package dev.millwright.server.web.repeat;

import dev.millwright.server.store.Database;
import dev.millwright.server.store.DuplicateException;
import dev.millwright.server.web.route.Answer;
import dev.millwright.server.web.route.Bodies;
import dev.millwright.server.web.route.ProblemException;
import dev.millwright.server.web.route.ProblemType;
import dev.millwright.server.web.route.Repeats;
import dev.millwright.server.web.route.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Remembers for a day what was answered to which key. A row is there before the work begins, so
/// that of two requests at the same time one waits for the other's answer. Called from any thread.
public final class RepeatedRequests implements Repeats {
    private static final Duration REMEMBERED = Duration.ofHours(24);
    private static final Duration CLEANED = Duration.ofHours(1);
    // A request that takes longer was cut off by the end of its server.
    private static final Duration ABANDONED = Duration.ofSeconds(60);
    private static final Duration WAIT = Duration.ofSeconds(10);
    // Most requests take a few milliseconds, and each look costs a transaction
    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

    private final Database database;
    private final Bodies bodies;
    private final AtomicLong cleanAt = new AtomicLong(System.nanoTime() + CLEANED.toNanos());

    public RepeatedRequests(Database database, Bodies bodies) {
        this.database = database;
        this.bodies = bodies;
    }

    @Override
    public Answer once(String scope, String key, String requestHash, Supplier<Answer> work) {
        clean();
        long deadline = System.nanoTime() + WAIT.toNanos();
        long pause = FIRST_PAUSE.toMillis();
        while (true) {
            if (begin(scope, key, requestHash)) {
                return carryOut(scope, key, work);
            }
            Optional<Answer> answer = answered(scope, key, requestHash);
            if (answer.isPresent()) {
                return answer.get();
            }
            if (System.nanoTime() > deadline) {
                throw ProblemException.of(
                                ProblemType.CONFLICT,
                                "the first request with this Idempotency-Key is still being carried out")
                        .withHeader("Retry-After", "5");
            }
            pause(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE.toMillis());
        }
    }

    private boolean begin(String scope, String key, String hash) {
        try {
            database.change(tx -> {
                IdempotencyDao keys = tx.dao(IdempotencyDao.class);
                Instant now = tx.now();
                keys.deleteAbandoned(scope, key, now.minus(ABANDONED));
                keys.insert(scope, key, hash, now);
            });
            return true;
        } catch (DuplicateException _) {
            return false;
        }
    }

    private Answer carryOut(String scope, String key, Supplier<Answer> work) {
        Answer answer;
        try {
            answer = work.get();
        } catch (RuntimeException e) {
            // Nothing came of it, so the next try may succeed.
            database.change(tx -> tx.dao(IdempotencyDao.class).delete(scope, key));
            throw e;
        }
        String body = answer instanceof Answer.Json json ? bodies.text(json.body()) : "";
        database.change(tx ->
                tx.dao(IdempotencyDao.class)
                        .finish(
                                scope,
                                key,
                                answer.status(),
                                answer.headers().getOrDefault("Location", ""),
                                body));
        return answer;
    }

    /// The first request's answer; empty while there is none yet.
    private Optional<Answer> answered(String scope, String key, String hash) {
        Optional<IdempotencyDao.Row> row =
                database.read(tx -> tx.dao(IdempotencyDao.class).find(scope, key));
        if (row.isEmpty()) {
            return Optional.empty();
        }
        IdempotencyDao.Row first = row.get();
        if (!first.requestHash().equals(hash)) {
            throw ProblemException.of(
                    ProblemType.UNPROCESSABLE,
                    "this Idempotency-Key was used for another request; use a new one");
        }
        if (first.status() == 0) {
            return Optional.empty();
        }
        Map<String, String> headers =
                first.location().isEmpty()
                        ? Map.of("Idempotency-Replayed", "true")
                        : Map.of("Location", first.location(), "Idempotency-Replayed", "true");
        return Optional.of(
                first.body().isEmpty()
                        ? new Answer.Empty(first.status(), headers)
                        : new Answer.Text(first.status(), headers, Reply.JSON, first.body()));
    }

    private void clean() {
        long due = cleanAt.get();
        long now = System.nanoTime();
        if (now > due && cleanAt.compareAndSet(due, now + CLEANED.toNanos())) {
            database.change(
                    tx -> tx.dao(IdempotencyDao.class).deleteOld(tx.now().minus(REMEMBERED)));
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw ProblemException.of(ProblemType.UNAVAILABLE, "the server is stopping")
                    .withHeader("Retry-After", "2");
        }
    }
}
