package dev.millwright.server.outbox;

import dev.millwright.plugin.Sent;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.StoreUnavailableException;
import dev.millwright.server.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells one channel what waits for it: of one run in order and one thing at a time, of several
/// runs at once. While everything fails, one letter after the other is tried, with growing pauses.
///
/// The queue's workers start runs and must not stand still because a receiver does: each pump has
/// threads of its own, and its rows in the database are its queue. Called from any thread.
final class ChannelPump implements AutoCloseable {
    /// How long a letter belongs to the server that tells it. Longer than any call may take, so
    /// that two servers never tell the same at once.
    static final Duration CLAIM = Duration.ofSeconds(90);

    private static final Logger log = LoggerFactory.getLogger(ChannelPump.class);

    /// So many failures in a row are trouble.
    static final int TROUBLE = 2;

    private final Database database;
    private final OutboxSettings settings;
    private final Fates fates;
    private final Semaphore nudges = new Semaphore(0);
    private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();
    private volatile Channel channel;
    private volatile boolean closed;

    /// In a row; not 0 while a failure is noted after which nothing has arrived. Guarded by this.
    private int failures;

    /// Whether it is known how the channel fared before. Used by the loop alone.
    private boolean recalled;

    private @Nullable Instant pausedUntil;

    /// Why nothing could be told, until it is seen that it can. Guarded by this.
    private String lack = "";

    ChannelPump(Database database, OutboxSettings settings, Fates fates, Channel channel) {
        this.database = database;
        this.settings = settings;
        this.fates = fates;
        this.channel = channel;
    }

    void start() {
        Thread.ofVirtual().name("outbox-" + channel.name()).start(this::loop);
    }

    Channel channel() {
        return channel;
    }

    /// Go on with what an administrator has changed.
    void become(Channel newer) {
        channel = newer;
    }

    /// Go on at once when what kept the channel from telling is over, such as a plugin that was
    /// missing.
    void watch() {
        String problem = channel.problem();
        synchronized (this) {
            if (lack.isEmpty() || !problem.isEmpty()) {
                return;
            }
            lack = "";
            pausedUntil = null;
        }
        database.change(tx -> tx.dao(OutboxDao.class).hurry(channel.id()));
        nudge();
    }

    /// Something was written.
    void nudge() {
        if (nudges.availablePermits() == 0) {
            nudges.release();
        }
    }

    private void loop() {
        try {
            nudge();
            while (!closed) {
                var _ = nudges.tryAcquire(settings.look().toMillis(), TimeUnit.MILLISECONDS);
                nudges.drainPermits();
                try {
                    look();
                } catch (RuntimeException failed) {
                    log.debug("a look at the outbox failed and is repeated", failed);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        recall();
        int places = places();
        if (closed || places <= 0) {
            return;
        }
        List<UUID> due =
                database.read(tx ->
                        tx.dao(OutboxDao.class)
                                .due(channel.id(), tx.now(), places + underWay.size()));
        if (due.isEmpty() || lacks()) {
            return;
        }
        due.stream()
                .filter(run -> !underWay.contains(run))
                .limit(places)
                .forEach(run -> {
                    underWay.add(run);
                    Thread.ofVirtual().name("outbox-" + run).start(() -> tellAll(run));
                });
    }

    /// The trouble of the server before is over only when something arrives.
    private void recall() {
        if (!recalled) {
            int before = database.read(tx -> fates.failures(tx, channel));
            synchronized (this) {
                failures = Math.max(failures, before);
            }
            recalled = true;
        }
    }

    /// Whether nothing can be told at all. What waits is left as it is then: it has not failed, and
    /// another server may tell it.
    private boolean lacks() {
        String problem = channel.problem();
        if (problem.isEmpty()) {
            return false;
        }
        boolean first;
        synchronized (this) {
            first = !problem.equals(lack);
            lack = problem;
            if (first) {
                // Then the first thing that is told says that it works again
                failures = Math.max(failures, TROUBLE);
            }
        }
        if (first) {
            database.change(tx -> {
                fates.failed(tx, channel, problem);
                fates.tell(tx, channel, "failing", problem);
            });
            log.warn("{} waits: {}", channel.name(), problem);
        }
        return true;
    }

    /// How many more runs may be told of now.
    private synchronized int places() {
        int most = failures < TROUBLE ? settings.atOnce() : rests() ? 0 : 1;
        return most - underWay.size();
    }

    /// A letter that belongs to this server until then.
    private record Claimed(Letter letter, Instant until) {}

    private void tellAll(UUID run) {
        boolean well = false;
        try {
            @Nullable Claimed next = database.write(tx -> claim(tx, run)).orElse(null);
            while (next != null && !closed) {
                next = tell(next.letter()).orElse(null);
            }
            if (next != null) {
                giveBack(next);
            }
            well = true;
        } catch (StoreUnavailableException gone) {
            log.debug("the outbox waits for the database", gone);
        } catch (RuntimeException failed) {
            log.warn("{}: run {} could not be told of: {}", channel.name(), run, failed.toString());
        } finally {
            underWay.remove(run);
            // What fails here is not to be tried again at once
            if (well && !rests()) {
                nudge();
            }
        }
    }

    private synchronized boolean rests() {
        return failures >= TROUBLE && pausedUntil != null && Instant.now().isBefore(pausedUntil);
    }

    private Optional<Claimed> claim(Tx tx, UUID run) {
        OutboxDao rows = tx.dao(OutboxDao.class);
        Instant now = tx.now();
        // As exact as databases are, so that it is known again
        Instant until = now.plus(CLAIM).truncatedTo(ChronoUnit.MICROS);
        return rows.first(channel.id(), run)
                .filter(letter -> !letter.dueAt().isAfter(now))
                .filter(letter -> rows.claim(letter, now, until) == 1)
                .map(letter -> new Claimed(letter, until));
    }

    /// It will not be told here: whoever tells the channel next need not wait for the claim's end.
    private void giveBack(Claimed claimed) {
        database.change(tx -> tx.dao(OutboxDao.class).giveBack(claimed.letter(), claimed.until()));
    }

    /// Tell one thing; gives the next one of the same run.
    private Optional<Claimed> tell(Letter letter) {
        Optional<Sent> sent = sent(letter);
        UUID run = letter.run().value();
        return switch (sent.orElse(null)) {
            case null -> done(letter);
            case Sent.Done _ -> {
                succeeded();
                yield done(letter);
            }
            case Sent.Partly(String cursor) -> {
                succeeded();
                yield database.write(tx -> {
                    tx.dao(OutboxDao.class).moveOn(letter, cursor);
                    return claim(tx, run);
                });
            }
            case Sent.Never(String reason) -> {
                succeeded();
                yield database.write(tx -> {
                    var _ = tx.dao(OutboxDao.class).delete(letter);
                    fates.failed(tx, channel, reason);
                    fates.dropped(tx, channel, 1, reason);
                    return claim(tx, run);
                });
            }
            case Sent.Later(String reason, Duration notBefore) -> {
                putOff(letter, reason, notBefore);
                yield Optional.empty();
            }
        };
    }

    private Optional<Claimed> done(Letter letter) {
        return database.write(tx -> {
            var _ = tx.dao(OutboxDao.class).delete(letter);
            return claim(tx, letter.run().value());
        });
    }

    private Optional<Sent> sent(Letter letter) {
        try {
            return channel.tell(letter);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.of(new Sent.Later("the server goes down", Duration.ZERO));
        } catch (RuntimeException failed) {
            return Optional.of(new Sent.Later(String.valueOf(failed.getMessage()), Duration.ZERO));
        }
    }

    private void putOff(Letter letter, String reason, Duration notBefore) {
        Duration own = settings.pause(letter.tries() + 1);
        Duration pause = notBefore.compareTo(own) > 0 ? notBefore : own;
        boolean first = failed(notBefore);
        database.change(tx -> {
            tx.dao(OutboxDao.class).putOff(letter, tx.now().plus(pause));
            fates.failed(tx, channel, reason);
            if (first) {
                fates.tell(tx, channel, "failing", reason);
            }
        });
        if (first) {
            log.warn("{} fails: {}", channel.name(), reason);
        }
    }

    /// Whether this is where the trouble begins.
    private synchronized boolean failed(Duration notBefore) {
        failures++;
        Duration own = settings.probing(failures);
        pausedUntil = Instant.now().plus(notBefore.compareTo(own) > 0 ? notBefore : own);
        return failures == TROUBLE;
    }

    private void succeeded() {
        int before;
        synchronized (this) {
            before = failures;
            failures = 0;
            pausedUntil = null;
        }
        if (before == 0) {
            return;
        }
        boolean trouble = before >= TROUBLE;
        database.change(tx -> {
            OutboxDao rows = tx.dao(OutboxDao.class);
            rows.forgetFailure(channel.id());
            if (trouble) {
                rows.hurry(channel.id());
                fates.tell(tx, channel, "recovered", "");
            }
        });
        if (trouble) {
            log.info("{} works again", channel.name());
            nudge();
        }
    }

    @Override
    public void close() {
        closed = true;
        nudge();
    }
}
