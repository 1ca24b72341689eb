package dev.millwright.server.event;

import dev.millwright.model.event.Event;
import java.time.Duration;
import java.util.Optional;

/// One follower of the feed. A follower that is too slow is dropped: it still gets what was
/// buffered for it, then nothing more, and can subscribe again after [#position].
///
/// Called from one thread, except [#close], which any thread may call.
public final class Subscription implements AutoCloseable {
    Subscription() {}

    /// The next event; empty when none came in time, or when nothing more will come.
    public Optional<Event> next(Duration wait) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /// The place of the event that was taken last.
    public long position() {
        throw new UnsupportedOperationException();
    }

    /// Whether this follower was too slow, and has taken all that was buffered for it.
    public boolean isDropped() {
        throw new UnsupportedOperationException();
    }

    /// Whether nothing more will come: dropped, closed, or the feed has ended.
    public boolean isEnded() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
