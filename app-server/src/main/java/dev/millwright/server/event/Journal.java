package dev.millwright.server.event;

import dev.millwright.model.RunId;
import dev.millwright.model.event.Event;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.Tx;
import java.util.List;

/// Write and read the journal of events.
///
/// Called from any thread.
public final class Journal {
    private Journal() {}

    public static Journal create(Database database) {
        throw new UnsupportedOperationException();
    }

    /// Add an event to the transaction; it gets its place in the journal when that is committed.
    public void append(Tx tx, NewEvent event) {
        throw new UnsupportedOperationException();
    }

    /// Events after that place which match, in order.
    public List<Event> after(long seq, EventFilter filter, int limit) {
        throw new UnsupportedOperationException();
    }

    /// Events of one run, in order.
    public List<Event> ofRun(RunId run, long afterRunSeq, int limit) {
        throw new UnsupportedOperationException();
    }

    /// The place of the newest event; 0 when there is none.
    public long last() {
        throw new UnsupportedOperationException();
    }
}
