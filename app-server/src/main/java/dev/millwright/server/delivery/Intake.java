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
        return accept(delivery, null, Foresight.NONE);
    }

    /// Like [#accept(NewDelivery)], unless it is known already that it starts no run: then it is
    /// stored as decided, and nothing is queued.
    public Accepted accept(NewDelivery delivery, Foresight foresight) {
        return accept(delivery, null, foresight);
    }

    /// Like [#accept(NewDelivery)], as a part of a transaction: whatever else that changes is
    /// stored together with the delivery or not at all.
    public Accepted accept(Tx tx, NewDelivery delivery) {
        RunId run = new RunId(ids.next());
        return store(tx, received(delivery, run, null), run);
    }

    Accepted redeliver(NewDelivery delivery, DeliveryId redeliveryOf) {
        return accept(delivery, redeliveryOf, Foresight.NONE);
    }

    private Accepted accept(
            NewDelivery delivery, @Nullable DeliveryId redeliveryOf, Foresight foresight) {
        RunId run = new RunId(ids.next());
        Delivery received = received(delivery, run, redeliveryOf);
        Delivery foreseen = foresight.of(received).map(received::decided).orElse(received);
        try {
            return database.durable(tx -> store(tx, foreseen, run));
        } catch (DuplicateException raced) {
            // The same delivery came twice at once, and the other one was stored first
            return database.read(tx -> known(tx, foreseen)).orElseThrow(() -> raced);
        }
    }

    private Delivery received(NewDelivery delivery, RunId run, @Nullable DeliveryId redeliveryOf) {
        UUID id = ids.next();
        return new Delivery(
                new DeliveryId(id),
                delivery.source(),
                delivery.dedupeKey().isEmpty() ? id.toString() : delivery.dedupeKey(),
                delivery.namespace(),
                delivery.pipeline(),
                delivery.event(),
                delivery.headers(),
                delivery.body(),
                delivery.parameters(),
                DeliveryStatus.RECEIVED,
                "",
                run,
                redeliveryOf,
                clock.instant(),
                null);
    }

    /// @param run the row has one in any case, although a decided delivery has not
    private Accepted store(Tx tx, Delivery delivery, RunId run) {
        Optional<Accepted> known = known(tx, delivery);
        if (known.isPresent()) {
            return known.get();
        }
        tx.dao(DeliveryDao.class)
                .insert(
                        delivery.id().value(),
                        delivery.source(),
                        delivery.dedupeKey(),
                        delivery.namespace(),
                        delivery.pipeline(),
                        delivery.event(),
                        Json.of(delivery.headers()),
                        delivery.body().bytes(),
                        Json.of(delivery.parameters()),
                        delivery.status().name(),
                        DeliveryStatus.shown(delivery.reason()),
                        run.value(),
                        delivery.redeliveryOf().map(DeliveryId::value).orElse(null),
                        delivery.receivedAt(),
                        delivery.decidedAtOrNull());
        if (delivery.status() == DeliveryStatus.RECEIVED) {
            queue.enqueue(tx, new Wakeup.StartRun(delivery.id()));
        }
        return Accepted.of(delivery, false);
    }

    private static Optional<Accepted> known(Tx tx, Delivery delivery) {
        return tx.dao(DeliveryDao.class)
                .findByKey(delivery.source(), delivery.dedupeKey())
                .map(found -> Accepted.of(found, true));
    }
}
