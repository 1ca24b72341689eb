package dev.millwright.server.delivery;

import dev.millwright.model.DeliveryId;
import dev.millwright.model.RunId;
import dev.millwright.server.queue.JobQueue;
import dev.millwright.server.queue.Wakeup;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.DuplicateException;
import dev.millwright.server.store.Json;
import dev.millwright.server.store.TimeOrderedIds;
import dev.millwright.server.store.Tx;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The one way by which runs begin: stores deliveries durably and queues what is to be made of
/// them.
///
/// Called from any thread.
public final class Intake {
    private final Database database;
    private final Queue queue;
    private final InstantSource clock;
    private final TimeOrderedIds ids;

    /// Puts a wake-up into the queue within a transaction.
    @FunctionalInterface
    interface Queue {
        void enqueue(Tx tx, Wakeup wakeup);
    }

    Intake(Database database, Queue queue, InstantSource clock) {
        this.database = database;
        this.queue = queue;
        this.clock = clock;
        this.ids = new TimeOrderedIds(clock);
    }

    /// Use the server's queue.
    public static Intake create(Database database, JobQueue queue, InstantSource clock) {
        return new Intake(database, queue::enqueue, clock);
    }

    /// Store the delivery; when this returns it survives a power cut and its `StartRun` is queued.
    /// The same source and dedupe key again gives the ids of the first time. Throws
    /// [dev.millwright.server.store.StoreUnavailableException] when it could not be stored.
    public Accepted accept(NewDelivery delivery) {
        return accept(delivery, null);
    }

    Accepted accept(NewDelivery delivery, @Nullable DeliveryId redeliveryOf) {
        UUID id = ids.next();
        String key = delivery.dedupeKey().isEmpty() ? id.toString() : delivery.dedupeKey();
        try {
            return database.durable(tx -> store(tx, id, key, delivery, redeliveryOf));
        } catch (DuplicateException raced) {
            // The same delivery came twice at once, and the other one was stored first
            return database.read(tx -> known(tx, delivery.source(), key)).orElseThrow(() -> raced);
        }
    }

    private Accepted store(
            Tx tx, UUID id, String key, NewDelivery delivery, @Nullable DeliveryId redeliveryOf) {
        Optional<Accepted> known = known(tx, delivery.source(), key);
        if (known.isPresent()) {
            return known.get();
        }
        UUID run = ids.next();
        tx.dao(DeliveryDao.class)
                .insert(
                        id,
                        delivery.source(),
                        key,
                        delivery.namespace(),
                        delivery.pipeline(),
                        delivery.event(),
                        Json.of(delivery.headers()),
                        delivery.body().bytes(),
                        Json.of(delivery.parameters()),
                        run,
                        redeliveryOf == null ? null : redeliveryOf.value(),
                        clock.instant());
        DeliveryId stored = new DeliveryId(id);
        queue.enqueue(tx, new Wakeup.StartRun(stored));
        return new Accepted(stored, false, new RunId(run));
    }

    private static Optional<Accepted> known(Tx tx, String source, String key) {
        return tx.dao(DeliveryDao.class)
                .findByKey(source, key)
                .map(found -> new Accepted(found.id(), true, found.runOrNull()));
    }
}
