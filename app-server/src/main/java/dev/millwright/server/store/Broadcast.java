package dev.millwright.server.store;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Say something to the other servers on the same database, over `NOTIFY` of PostgreSQL. On the
/// embedded database nobody else is there: nothing is sent and nothing heard.
///
/// A message may be lost (a server dies before it is sent, a connection breaks), so it only ever
/// says where to look; whoever listens looks by itself now and then, too. One's own messages are
/// not heard.
///
/// Called from any thread.
public final class Broadcast implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Broadcast.class);

    /// PostgreSQL takes less than 8000 bytes, and the sender stands there, too.
    private static final int LONGEST = 7_900;

    /// What is said within this time goes out together, and only once.
    private static final int GATHER_MILLIS = 10;

    private final boolean isShared;
    private final Consumer<Consumer<Tx>> change;
    private final String sender = UUID.randomUUID().toString().substring(0, 8);
    private final Notifications notifications;
    private final Set<Message> waiting = new LinkedHashSet<>();
    private final Semaphore said = new Semaphore(0);
    private boolean isSending;
    private volatile boolean closed;

    /// @param plain gives the connection to listen on
    /// @param change runs a transaction
    Broadcast(DataSource plain, boolean isShared, Consumer<Consumer<Tx>> change) {
        this.isShared = isShared;
        this.change = change;
        this.notifications = new Notifications(plain, sender);
    }

    /// Hears what other servers say. Called on one thread for all listeners: be quick.
    public interface Listener {
        /// Another server said something.
        ///
        /// @param text as it was sent; empty when a trigger of the database has sent it
        void heard(String text);

        /// Messages may have been lost: the connection was made anew. Look at everything once.
        void missed();

        /// For whom a message is only a reason to look.
        static Listener waking(Runnable wake) {
            return new Listener() {
                @Override
                public void heard(String text) {
                    wake.run();
                }

                @Override
                public void missed() {
                    wake.run();
                }
            };
        }
    }

    private record Message(String channel, String text) {}

    /// Say it as a part of the transaction: the others hear it when that is committed, and never
    /// otherwise. Transactions that say something are committed one after the other, all servers
    /// together; for what is said often use [#announce].
    ///
    /// @param text 7900 bytes at most
    public void send(Tx tx, String channel, String text) {
        if (isShared) {
            Message message = checked(channel, text);
            tx.beforeCommit(() -> notify(tx, message));
        }
    }

    /// Say it soon, outside of any transaction; the same text said again meanwhile is sent once.
    ///
    /// @param text 7900 bytes at most
    public void announce(String channel, String text) {
        if (!isShared || closed) {
            return;
        }
        Message message = checked(channel, text);
        synchronized (waiting) {
            waiting.add(message);
            if (!isSending) {
                isSending = true;
                Thread.ofVirtual().name("store-broadcast").start(this::sendAgainAndAgain);
            }
        }
        said.release();
    }

    private static Message checked(String channel, String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST) {
            throw new StoreException(
                    "a message on '%s' has %d bytes; %d are allowed, so send an id instead"
                            .formatted(channel, bytes, LONGEST));
        }
        return new Message(channel, text);
    }

    private void sendAgainAndAgain() {
        try {
            while (!closed) {
                said.acquire();
                said.drainPermits();
                sendWaiting();
                TimeUnit.MILLISECONDS.sleep(GATHER_MILLIS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendWaiting() {
        List<Message> messages;
        synchronized (waiting) {
            messages = List.copyOf(waiting);
            waiting.clear();
        }
        if (messages.isEmpty() || closed) {
            return;
        }
        try {
            change.accept(tx -> messages.forEach(message -> notify(tx, message)));
        } catch (StoreException away) {
            // The others look by themselves, sooner or later
            log.debug("{} messages could not be sent: {}", messages.size(), away.getMessage());
        }
    }

    private void notify(Tx tx, Message message) {
        try (var query = tx.handle().createQuery("select 1 from pg_notify(:channel, :text)")) {
            var _ =
                    query.bind("channel", message.channel())
                            .bind("text", sender + " " + message.text())
                            .mapTo(Integer.class)
                            .one();
        }
    }

    /// Hear what others say on that channel.
    public void listen(String channel, Listener listener) {
        if (isShared) {
            notifications.listen(channel, listener);
        }
    }

    @Override
    public void close() {
        closed = true;
        said.release();
        notifications.close();
    }
}
