package dev.millwright.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listen to PostgreSQL on one connection for the whole server, and connect again for ever.
///
/// Called from any thread.
final class Notifications implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Notifications.class);
    private static final int WAIT_MILLIS = 5_000;
    private static final int PAUSE_MILLIS = 500;

    private final DataSource source;
    private final String self;
    private final Map<String, List<Broadcast.Listener>> listeners = new ConcurrentHashMap<>();
    private volatile @Nullable Connection connection;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean closed;
    private @Nullable Thread thread;

    /// @param self the word that stands before what this server says itself
    Notifications(DataSource source, String self) {
        this.source = source;
        this.self = self;
    }

    synchronized void listen(String channel, Broadcast.Listener listener) {
        if (closed) {
            return;
        }
        listeners.computeIfAbsent(channel, _ -> new CopyOnWriteArrayList<>()).add(listener);
        if (thread == null) {
            thread = Thread.ofVirtual().name("store-notifications").start(this::loop);
        } else {
            // Connect anew, with the new channel
            closeConnection();
        }
    }

    private void loop() {
        while (!closed) {
            try (Connection current = source.getConnection()) {
                connection = current;
                receive(current);
            } catch (SQLException lost) {
                if (!closed) {
                    log.debug("no notifications from PostgreSQL for now: {}", lost.getMessage());
                    pause();
                }
            }
        }
    }

    private void receive(Connection current) throws SQLException {
        // Above the time for which a notification is waited for; without it nothing would end a
        // statement to a machine that is gone
        current.setNetworkTimeout(Runnable::run, 2 * WAIT_MILLIS);
        List<String> channels = List.copyOf(listeners.keySet());
        try (var statement = current.createStatement()) {
            for (String channel : channels) {
                statement.execute("listen " + statement.enquoteIdentifier(channel, false));
            }
        }
        // What was announced before this connection listened is found by looking once
        listeners.values().forEach(all -> all.forEach(one -> quietly(one::missed)));
        PGConnection postgresql = current.unwrap(PGConnection.class);
        while (!closed && !current.isClosed()) {
            PGNotification[] received = postgresql.getNotifications(WAIT_MILLIS);
            if (received == null || received.length == 0) {
                check(current);
                continue;
            }
            for (PGNotification one : received) {
                hand(one);
            }
        }
    }

    private void hand(PGNotification received) {
        // Triggers of the database say nothing and have no name
        int space = received.getParameter().indexOf(' ');
        if (space >= 0 && received.getParameter().substring(0, space).equals(self)) {
            return;
        }
        String text = received.getParameter().substring(space + 1);
        listeners
                .getOrDefault(received.getName(), List.of())
                .forEach(one -> quietly(() -> one.heard(text)));
    }

    /// One listener that fails must not make the others deaf.
    private static void quietly(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException failed) {
            log.warn("a message from another server could not be dealt with", failed);
        }
    }

    /// Without a word from the server nobody knows whether it is still there.
    private static void check(Connection current) throws SQLException {
        if (!current.isValid(2)) {
            throw new SQLException("the connection for notifications is lost", "08006");
        }
    }

    /// Ends early when this is closed. Nobody else has a reason to interrupt this thread: should it
    /// happen, by a listener perhaps, then this pause is over and the next one is a whole one.
    private void pause() {
        try {
            var _ = ended.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException astray) {
            // A thread that stayed interrupted would not pause any more
            log.debug("interrupted between two tries to connect", astray);
        }
    }

    private void closeConnection() {
        Connection current = connection;
        if (current != null) {
            try {
                // Not close(): that would wait for the reader
                current.abort(Runnable::run);
            } catch (SQLException gone) {
                log.debug("the connection for notifications was closed already", gone);
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        ended.countDown();
        closeConnection();
        if (thread != null) {
            thread.interrupt();
        }
    }
}
