package dev.millwright.server.event;

import dev.millwright.server.store.Database;

/// Hand each new event to every follower that wants it, once and in order.
///
/// Called from any thread.
public final class EventFeed implements AutoCloseable {
    private EventFeed() {}

    public static EventFeed create(Database database, Journal journal) {
        throw new UnsupportedOperationException();
    }

    /// Follow matching events from after that place on, first those that are there already.
    public Subscription subscribe(EventFilter filter, long afterSeq) {
        throw new UnsupportedOperationException();
    }

    /// The place up to which followers have been served; subscribe after it to see only what is new.
    public long position() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
