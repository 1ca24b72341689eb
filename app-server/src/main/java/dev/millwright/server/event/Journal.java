package dev.millwright.server.event;

import dev.millwright.model.RunId;
import dev.millwright.model.event.Event;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.Tx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/// Write and read the journal of events.
///
/// Called from any thread.
public final class Journal {
    private static final int PAGE = 500;

    private final Database database;
    private final Map<Tx, List<EventDao.Row>> pending = new ConcurrentHashMap<>();
    private final List<Runnable> followers = new CopyOnWriteArrayList<>();
    private final List<BiConsumer<Tx, NewEvent>> witnesses = new CopyOnWriteArrayList<>();

    /// On the embedded database: events get their places and are committed one transaction after
    /// the other, so that they appear in order.
    private final ReentrantLock order = new ReentrantLock();

    private Journal(Database database) {
        this.database = database;
    }

    public static Journal create(Database database) {
        return new Journal(database);
    }

    /// Add an event to the transaction; it gets its place in the journal when that is committed.
    public void append(Tx tx, NewEvent event) {
        pending.computeIfAbsent(tx, this::begin).add(EventDao.Row.of(event));
        witnesses.forEach(witness -> witness.accept(tx, event));
    }

    /// Be told of each event of this server within its transaction, so that what follows from it is
    /// stored with it or not at all. It must be quick, and must not write events itself.
    public void witness(BiConsumer<Tx, NewEvent> witness) {
        witnesses.add(witness);
    }

    private List<EventDao.Row> begin(Tx tx) {
        List<EventDao.Row> rows = new ArrayList<>();
        tx.atEnd(() -> {
            pending.remove(tx);
            if (order.isHeldByCurrentThread()) {
                order.unlock();
            }
        });
        // As late as possible: places that are taken long before the commit make readers wait
        tx.beforeCommit(() -> {
            if (database.isH2()) {
                order.lock();
            }
            tx.dao(EventDao.class).insert(rows);
        });
        tx.afterCommit(() -> followers.forEach(Runnable::run));
        return rows;
    }

    /// Be told after each commit of events by this server.
    void onCommit(Runnable wake) {
        followers.add(wake);
    }

    /// Events after that place which match, in order.
    public List<Event> after(long seq, EventFilter filter, int limit) {
        return scan(seq, Long.MAX_VALUE, filter, limit).events();
    }

    /// The newest events which match, in order.
    public List<Event> latest(EventFilter filter, int limit) {
        Deque<Event> found = new ArrayDeque<>();
        long before = Long.MAX_VALUE;
        while (found.size() < limit) {
            long upTo = before;
            List<Event> page = database.read(tx -> tx.dao(EventDao.class).before(upTo, PAGE));
            for (Event event : page) {
                if (filter.matches(event) && found.size() < limit) {
                    found.addFirst(event);
                }
                before = event.seq();
            }
            if (page.size() < PAGE) {
                break;
            }
        }
        return List.copyOf(found);
    }

    /// Events of one run, in order.
    public List<Event> ofRun(RunId run, long afterRunSeq, int limit) {
        return database.read(tx -> tx.dao(EventDao.class).ofRun(run, afterRunSeq, limit));
    }

    /// The place of the newest event; 0 when there is none.
    public long last() {
        return database.read(tx -> tx.dao(EventDao.class).last());
    }

    /// Matching events after one place and up to another.
    Scan scan(long after, long upTo, EventFilter filter, int limit) {
        List<Event> found = new ArrayList<>();
        long at = after;
        while (true) {
            List<Event> page = page(at, upTo, filter);
            for (Event event : page) {
                if (found.size() == limit) {
                    return new Scan(found, at);
                }
                if (filter.matches(event)) {
                    found.add(event);
                }
                at = event.seq();
            }
            if (page.size() < PAGE) {
                return new Scan(found, upTo);
            }
        }
    }

    private List<Event> page(long after, long upTo, EventFilter filter) {
        return database.read(tx -> {
            EventDao dao = tx.dao(EventDao.class);
            RunId run = filter.runOrNull();
            return run == null ? dao.after(after, upTo, PAGE) : dao.afterOf(run, after, upTo, PAGE);
        });
    }

    /// Matching events, and the place up to which none is left out.
    record Scan(List<Event> events, long upTo) {}
}
