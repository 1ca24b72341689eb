package dev.millwright.server.event;

import dev.millwright.model.event.Event;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// One follower of the feed. A follower that is too slow is dropped: it still gets what was
/// buffered for it, then nothing more, and can subscribe again after [#position].
///
/// Called from one thread, except [#close], which any thread may call.
public final class Subscription implements AutoCloseable {
    /// How many events wait for a follower before it is dropped.
    static final int CAPACITY = 2_000;

    private static final int PAGE = 500;

    private final EventFeed feed;
    private final Journal journal;
    private final EventFilter filter;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Event> waiting = new ArrayDeque<>();
    private long readUpTo;
    private boolean isLive;
    private volatile long position;
    private boolean isTooSlow;
    private boolean isClosed;

    Subscription(EventFeed feed, Journal journal, EventFilter filter, long afterSeq) {
        this.feed = feed;
        this.journal = journal;
        this.filter = filter;
        this.readUpTo = afterSeq;
        this.position = afterSeq;
    }

    /// The next event; empty when none came in time, or when nothing more will come.
    public Optional<Event> next(Duration wait) throws InterruptedException {
        while (!isLive && isEmpty()) {
            catchUp();
        }
        Optional<Event> event = take(wait.toNanos());
        event.ifPresent(taken -> position = taken.seq());
        return event;
    }

    /// Read what is there already, up to where the feed is; then go on with the feed.
    private void catchUp() {
        long upTo = feed.position();
        if (upTo > readUpTo) {
            Journal.Scan scan = journal.scan(readUpTo, upTo, filter, PAGE);
            readUpTo = scan.upTo();
            lock.lock();
            try {
                waiting.addAll(scan.events());
            } finally {
                lock.unlock();
            }
        }
        if (readUpTo >= upTo) {
            isLive = feed.join(this, readUpTo);
        }
    }

    private boolean isEmpty() {
        lock.lock();
        try {
            return waiting.isEmpty() && !isClosed;
        } finally {
            lock.unlock();
        }
    }

    private Optional<Event> take(long nanos) throws InterruptedException {
        long left = nanos;
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !isTooSlow && !isClosed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return Optional.ofNullable(waiting.poll());
        } finally {
            lock.unlock();
        }
    }

    /// Called by the feed's reader for each event; never waits.
    void offer(Event event) {
        if (!filter.matches(event) || event.seq() <= readUpTo) {
            return;
        }
        lock.lock();
        try {
            if (isTooSlow || isClosed) {
                return;
            }
            if (waiting.size() >= CAPACITY) {
                isTooSlow = true;
            } else {
                waiting.add(event);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isDone() {
        lock.lock();
        try {
            return isTooSlow || isClosed;
        } finally {
            lock.unlock();
        }
    }

    /// The place of the event that was taken last.
    public long position() {
        return position;
    }

    /// Whether this follower was too slow, and has taken all that was buffered for it.
    public boolean isDropped() {
        lock.lock();
        try {
            return isTooSlow && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// Whether nothing more will come: dropped, closed, or the feed has ended.
    public boolean isEnded() {
        lock.lock();
        try {
            return (isTooSlow || isClosed) && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    void end() {
        lock.lock();
        try {
            isClosed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        end();
        feed.leave(this);
    }
}
