package dev.millwright.server.event;

import dev.millwright.model.event.Event;
import dev.millwright.server.store.Broadcast;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hand each new event to every follower that wants it, once and in order. One thread reads the
/// journal for all of them.
///
/// Called from any thread.
public final class EventFeed implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EventFeed.class);
    private static final String CHANNEL = "millwright_events";
    private static final int PAGE = 500;

    /// Whoever is not told looks this often.
    private static final Duration LOOK = Duration.ofSeconds(1);

    /// How often a gap is looked at.
    private static final Duration GAP_LOOK = Duration.ofMillis(10);

    private final Database database;
    private final Journal journal;
    private final GapWatch gaps;
    private final Semaphore nudges = new Semaphore(0);
    private final List<Subscription> live = new ArrayList<>();
    private final Thread reader = Thread.ofVirtual().name("event-feed").unstarted(this::loop);
    private final CountDownLatch closed = new CountDownLatch(1);
    private long position;

    private EventFeed(Database database, Journal journal) {
        this.database = database;
        this.journal = journal;
        this.gaps = new GapWatch(database.isH2());
        this.position = journal.last();
    }

    public static EventFeed create(Database database, Journal journal) {
        EventFeed feed = new EventFeed(database, journal);
        journal.onCommit(() -> {
            feed.nudge();
            database.broadcast().announce(CHANNEL, "");
        });
        database.broadcast().listen(CHANNEL, Broadcast.Listener.waking(feed::nudge));
        feed.reader.start();
        return feed;
    }

    /// Follow matching events from after that place on, first those that are there already.
    public Subscription subscribe(EventFilter filter, long afterSeq) {
        return new Subscription(this, journal, filter, afterSeq);
    }

    /// The place up to which followers have been served; subscribe after it to see only what is
    /// new.
    public synchronized long position() {
        return position;
    }

    private void nudge() {
        if (nudges.availablePermits() == 0) {
            nudges.release();
        }
    }

    private void loop() {
        try {
            while (!isClosed()) {
                Duration wait = gaps.isWaiting() ? GAP_LOOK : LOOK;
                if (nudges.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                    nudges.drainPermits();
                }
                try {
                    readOn();
                } catch (StoreException away) {
                    log.debug("the journal cannot be read for now", away);
                    closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void readOn() {
        List<Event> page;
        do {
            page = readable();
            deliver(page);
        } while (page.size() == PAGE && !isClosed());
    }

    /// The next events up to the first gap that may still be filled.
    private List<Event> readable() {
        return database.read(tx -> {
            EventDao dao = tx.dao(EventDao.class);
            if (gaps.isWaiting()) {
                // Before the events: what commits in between is then seen
                gaps.look(dao.writers());
            }
            List<Event> page = dao.after(position(), Long.MAX_VALUE, PAGE);
            int readable = gaps.countReadable(position(), page);
            if (readable < page.size() && !gaps.isSeen()) {
                gaps.look(dao.writers());
            }
            return page.subList(0, readable);
        });
    }

    private synchronized void deliver(List<Event> events) {
        for (Event event : events) {
            live.forEach(subscription -> subscription.offer(event));
            position = event.seq();
        }
        live.removeIf(Subscription::isDone);
    }

    /// Let a follower that has seen everything up to that place go on with what comes; false when
    /// there is more to be read first.
    synchronized boolean join(Subscription subscription, long upTo) {
        if (isClosed()) {
            subscription.end();
            return true;
        }
        if (upTo < position) {
            return false;
        }
        live.add(subscription);
        return true;
    }

    synchronized void leave(Subscription subscription) {
        live.remove(subscription);
    }

    /// Returns when nothing is being read any more, so that the database can be closed.
    @Override
    public void close() {
        closed.countDown();
        // No interrupt: that would break the connection in use
        nudge();
        synchronized (this) {
            live.forEach(Subscription::end);
            live.clear();
        }
        awaitReader();
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void awaitReader() {
        try {
            reader.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
