package dev.millwright.server.store;

import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One open transaction; ends with the function it was given to.
///
/// Called from one thread, the one that opened it.
public final class Tx {
    private static final Logger log = LoggerFactory.getLogger(Tx.class);

    private final Handle handle;
    private final Map<Class<?>, Object> daos = new HashMap<>();
    private final List<Runnable> beforeCommit = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final List<Runnable> atEnd = new ArrayList<>();
    private boolean committed;

    Tx(Handle handle) {
        this.handle = handle;
    }

    /// The SqlObject of that type, bound to this transaction.
    public <D> D dao(Class<D> type) {
        return type.cast(daos.computeIfAbsent(type, handle::attach));
    }

    /// The transaction's handle, for statements whose text depends on what is asked.
    public Handle handle() {
        return handle;
    }

    /// The transaction's own connection; do not commit, roll back or close it.
    public Connection connection() {
        return handle.getConnection();
    }

    /// The database's clock at the beginning of this transaction; judge leases and deadlines by it.
    public Instant now() {
        return handle.createQuery("select current_timestamp").mapTo(Instant.class).one();
    }

    /// Run something as the last part of this transaction, just before it is committed.
    public void beforeCommit(Runnable work) {
        beforeCommit.add(work);
    }

    /// Run something once the transaction is committed (and synced, when it is durable); never
    /// after a rollback. It must not throw.
    public void afterCommit(Runnable work) {
        afterCommit.add(work);
    }

    /// Run something when the transaction is over, in whichever way.
    public void atEnd(Runnable work) {
        atEnd.add(work);
    }

    /// Whether the transaction was committed; to be asked when it is over.
    public boolean isCommitted() {
        return committed;
    }

    void markCommitted() {
        committed = true;
    }

    void runBeforeCommit() {
        // A hook may add further ones
        for (int i = 0; i < beforeCommit.size(); i++) {
            beforeCommit.get(i).run();
        }
    }

    void runAfterCommit() {
        for (Runnable hook : afterCommit) {
            try {
                hook.run();
            } catch (RuntimeException failed) {
                // The commit stands; whoever was to be woken finds out by looking
                log.warn("a step after the commit failed", failed);
            }
        }
    }

    void runAtEnd() {
        RuntimeException failure = null;
        for (Runnable hook : atEnd) {
            try {
                hook.run();
            } catch (RuntimeException failed) {
                // Each of them gives something back: none may be left out
                failure = failure == null ? failed : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
