package dev.millwright.server.delivery;

import dev.millwright.model.DeliveryId;
import dev.millwright.model.MillwrightException;
import dev.millwright.model.Parameters;
import dev.millwright.model.Payload;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.Tx;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Looks at stored deliveries, repeats them, and notes what became of them.
///
/// Called from any thread.
public final class Deliveries {
    private static final UUID NEWEST = new UUID(-1, -1);

    private final Database database;
    private final Intake intake;

    private Deliveries(Database database, Intake intake) {
        this.database = database;
        this.intake = intake;
    }

    public static Deliveries create(Database database, Intake intake) {
        return new Deliveries(database, intake);
    }

    /// One page; the cursor is the id of the last item of the page before.
    public DeliveryPage list(DeliveryQuery query) {
        UUID before = query.cursor().isEmpty() ? NEWEST : cursor(query.cursor());
        List<Delivery> items =
                database.read(tx ->
                        tx.dao(DeliveryDao.class)
                                .list(query.namespace(), query.pipeline(), before, query.limit()));
        boolean more = items.size() == query.limit();
        return new DeliveryPage(items, more ? items.getLast().id().toString() : null);
    }

    private static UUID cursor(String text) {
        try {
            return DeliveryId.parse(text).value();
        } catch (MillwrightException malformed) {
            throw new DeliveryException(
                    "'%s' is not a cursor of this list".formatted(text), malformed);
        }
    }

    public Optional<Delivery> find(DeliveryId id) {
        return database.read(tx -> tx.dao(DeliveryDao.class).find(id.value()));
    }

    /// The delivery as the transaction sees it, locked until the transaction ends.
    public Optional<Delivery> lock(Tx tx, DeliveryId id) {
        return tx.dao(DeliveryDao.class).lock(id.value());
    }

    /// Store the same request once more as a delivery of its own. Throws [DeliveryException] when
    /// there is no such delivery.
    public Accepted redeliver(DeliveryId id, String by) {
        Delivery old =
                find(id).orElseThrow(() -> new DeliveryException("there is no delivery " + id));
        Map<String, Object> parameters = new LinkedHashMap<>(old.parameters().values());
        parameters.put("by", by);
        return intake.redeliver(
                new NewDelivery(
                        old.source(),
                        "",
                        old.namespace(),
                        old.pipeline(),
                        old.event(),
                        old.headers(),
                        old.body(),
                        new Parameters(parameters)),
                id);
    }

    /// Store further deliveries that one delivery tells of. Again has no effect.
    public void alongside(Delivery first, List<Parameters> others) {
        for (int i = 0; i < others.size(); i++) {
            var _ =
                    intake.accept(
                            new NewDelivery(
                                    first.source(),
                                    "%s/%d".formatted(first.dedupeKey(), i + 2),
                                    first.namespace(),
                                    first.pipeline(),
                                    first.event(),
                                    Map.of(),
                                    Payload.EMPTY,
                                    others.get(i)));
        }
    }

    /// Note that the delivery's run exists. False when it was decided before.
    public boolean started(Tx tx, DeliveryId id) {
        return decide(tx, id, DeliveryStatus.STARTED, "");
    }

    /// Note that the delivery starts no run. False when it was decided before.
    public boolean ended(Tx tx, DeliveryId id, DeliveryStatus status, String reason) {
        return decide(tx, id, status, reason);
    }

    private static boolean decide(Tx tx, DeliveryId id, DeliveryStatus status, String reason) {
        return tx.dao(DeliveryDao.class)
                        .decide(id.value(), status.name(), DeliveryStatus.shown(reason), tx.now())
                == 1;
    }

    /// Undecided deliveries that were received before that moment, oldest first: for the sweeper.
    public List<DeliveryId> undecided(Instant before, int limit) {
        return database.read(tx -> tx.dao(DeliveryDao.class).undecided(before, limit)).stream()
                .map(DeliveryId::new)
                .toList();
    }
}
