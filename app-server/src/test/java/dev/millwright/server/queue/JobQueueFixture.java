package dev.millwright.server.queue;

import static org.awaitility.Awaitility.await;

import dev.millwright.model.RunId;
import dev.millwright.server.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A queue on a database of its own, and the wake-ups it was asked to handle.
abstract class JobQueueFixture {
    /// JobRunr hardly looks by itself, so what is quick was nudged.
    static final QueueSettings NUDGED =
            new QueueSettings(
                    16,
                    Duration.ofMinutes(5),
                    QueueSettings.DEFAULT.sweep(),
                    QueueSettings.DEFAULT.keepSucceeded());

    /// Far below that.
    static final Duration SOON = Duration.ofSeconds(30);

    @TempDir Path directory;
    Database database;
    final Queue<Wakeup> handled = new ConcurrentLinkedQueue<>();
    volatile WakeupHandler handler = handled::add;
    JobQueue queue;

    abstract Database open();

    @BeforeEach
    void openQueue() {
        database = open();
        queue = newQueue(NUDGED);
    }

    /// Another queue on the same database.
    void replaceQueue(QueueSettings settings) {
        queue.close();
        queue = newQueue(settings);
    }

    JobQueue newQueue(QueueSettings settings) {
        return newQueue(database, settings, wakeup -> handler.handle(wakeup));
    }

    /// A queue whose sweeps are not told.
    static JobQueue newQueue(Database database, QueueSettings settings, WakeupHandler handler) {
        return JobQueue.create(
                database,
                settings,
                wakeup -> {
                    if (!(wakeup instanceof Wakeup.Sweep)) {
                        handler.handle(wakeup);
                    }
                });
    }

    @AfterEach
    void closeAll() {
        queue.close();
        database.close();
    }

    static Wakeup.AdvanceRun advance() {
        return new Wakeup.AdvanceRun(new RunId(UUID.randomUUID()));
    }

    void enqueue(Wakeup wakeup) {
        database.change(tx -> queue.enqueue(tx, wakeup));
    }

    /// Whether nothing waits, is planned or is being done; what was handled counts as being done
    /// until that is stored.
    boolean isIdle() {
        QueueStats stats = queue.stats();
        return stats.enqueued() + stats.scheduled() + stats.processing() == 0;
    }

    /// JobRunr's server takes jobs only some time after it began.
    void startAndSettle() {
        queue.start();
        Wakeup.AdvanceRun first = advance();
        enqueue(first);
        await().atMost(SOON).until(() -> handled.contains(first) && isIdle());
        handled.clear();
    }
}
