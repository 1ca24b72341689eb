package dev.millwright.server.trigger;

import dev.millwright.model.Parameters;
import dev.millwright.model.Payload;
import dev.millwright.model.resource.Resource;
import dev.millwright.server.delivery.Intake;
import dev.millwright.server.delivery.NewDelivery;
import dev.millwright.server.resource.PipelineSpec;
import dev.millwright.server.resource.PipelineSpec.Cron;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.store.Database;
import dev.millwright.server.trigger.schedule.ScheduleException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns the occurrences of schedules into deliveries, each exactly one, however many servers tick.
///
/// Called from any thread; one tick at a time.
public final class CronTrigger {
    private static final Logger log = LoggerFactory.getLogger(CronTrigger.class);

    /// Where a schedule stands that has no occurrence left.
    private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    /// Other servers may change resources, which only a look at the database shows.
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Database database;
    private final Resources resources;
    private final Intake intake;
    private final InstantSource clock;

    /// The schedules of the last tick, read.
    private Map<Key, CronTimes> times = Map.of();

    private @Nullable Instant next;
    private @Nullable Instant lastLook;
    private long seenChanges;

    private CronTrigger(
            Database database, Resources resources, Intake intake, InstantSource clock) {
        this.database = database;
        this.resources = resources;
        this.intake = intake;
        this.clock = clock;
    }

    public static CronTrigger create(
            Database database, Resources resources, Intake intake, InstantSource clock) {
        return new CronTrigger(database, resources, intake, clock);
    }

    /// A schedule as it is written now.
    private record Key(String namespace, String pipeline, Cron cron) {
        String row() {
            return namespace + "/" + pipeline + "/" + cron.name();
        }

        String source() {
            return "cron:" + row();
        }
    }

    /// Deliver what is due and note what comes next. Gives how many deliveries were made.
    public synchronized int tick() {
        Instant now = clock.instant();
        long changes = resources.changes();
        if (changes == seenChanges && isIdle(now)) {
            return 0;
        }
        AtomicInteger made = new AtomicInteger();
        // Two servers that look at the same occurrence would take each other's delivery for one of
        // an earlier time
        if (database.exclusively("cron", () -> made.set(look()))) {
            lastLook = now;
            seenChanges = changes;
        }
        return made.get();
    }

    private boolean isIdle(Instant now) {
        return lastLook != null
                && now.isBefore(lastLook.plus(LOOK))
                && (next == null || now.isBefore(next));
    }

    private int look() {
        Map<String, CronDao.Row> rows = new HashMap<>();
        database.read(tx -> tx.dao(CronDao.class).all())
                .forEach(row ->
                        rows.put(row.namespace() + "/" + row.pipeline() + "/" + row.name(), row));
        Map<Key, CronTimes> now = new LinkedHashMap<>();
        next = null;
        int made = 0;
        for (Resource resource : resources.pipelines()) {
            PipelineSpec spec = resources.spec(resource);
            for (Cron cron : spec.crons()) {
                Key key = new Key(resource.namespace(), resource.name(), cron);
                CronTimes read = times.containsKey(key) ? times.get(key) : read(key);
                now.put(key, read);
                made += tick(key, read, rows.remove(key.row()), spec.suspend() || cron.suspend());
            }
        }
        times = now;
        forget(rows.values());
        return made;
    }

    /// A schedule that cannot be read never fires.
    private static CronTimes read(Key key) {
        String pipeline = key.namespace() + "/" + key.pipeline();
        try {
            return CronTimes.of(pipeline, key.cron());
        } catch (ScheduleException wrong) {
            log.warn("pipeline {}: {}", pipeline, wrong.getMessage());
            return new CronTimes(pipeline, key.cron(), List.of());
        }
    }

    private int tick(Key key, CronTimes read, CronDao.@Nullable Row row, boolean suspended) {
        Instant now = clock.instant();
        String hash = read.hash();
        if (row == null || !row.scheduleHash().equals(hash)) {
            note(key, hash, read.next(now));
            return 0;
        }
        Instant first = row.nextAt();
        Instant due = read.dueAt(first);
        if (now.isBefore(due)) {
            remember(due);
            return 0;
        }
        if (suspended) {
            // What would have been meanwhile was not missed
            note(key, hash, read.next(now));
            return 0;
        }
        CronTimes.Due chosen = read.due(first, now);
        int made = 0;
        for (Instant occurrence : chosen.occurrences()) {
            made += deliver(key, occurrence) ? 1 : 0;
        }
        note(key, hash, chosen.next());
        return made;
    }

    private boolean deliver(Key key, Instant occurrence) {
        CronOverlap overlap =
                database.write(tx ->
                        CronOverlap.of(
                                tx,
                                key.cron().overlap(),
                                key.namespace(),
                                key.pipeline(),
                                key.source()));
        Map<String, Object> parameters = new LinkedHashMap<>(overlap.parameters());
        parameters.put("occurrence", occurrence.toString());
        if (!key.cron().ref().isEmpty()) {
            parameters.put("ref", key.cron().ref());
        }
        if (!key.cron().inputs().isEmpty()) {
            parameters.put("inputs", key.cron().inputs());
        }
        return !intake.accept(
                        new NewDelivery(
                                key.source(),
                                occurrence.toString(),
                                key.namespace(),
                                key.pipeline(),
                                "cron",
                                Map.of(),
                                Payload.EMPTY,
                                new Parameters(parameters)))
                .duplicate();
    }

    private void note(Key key, String hash, Optional<Instant> comes) {
        Instant at = comes.orElse(NEVER);
        String name = key.cron().name();
        database.change(tx -> {
            CronDao rows = tx.dao(CronDao.class);
            if (rows.update(key.namespace(), key.pipeline(), name, hash, at) == 0) {
                rows.insert(key.namespace(), key.pipeline(), name, hash, at);
            }
        });
        remember(at);
    }

    private void remember(Instant at) {
        if (next == null || at.isBefore(next)) {
            next = at;
        }
    }

    /// Schedules that are gone start anew when they come back.
    private void forget(Iterable<CronDao.Row> rows) {
        for (CronDao.Row row : rows) {
            database.change(tx ->
                    tx.dao(CronDao.class).delete(row.namespace(), row.pipeline(), row.name()));
        }
    }

    /// When something is due next, as far as the last tick knows. Resources may change meanwhile,
    /// so tick every second or so: most ticks cost nothing.
    public synchronized Optional<Instant> nextWake() {
        return Optional.ofNullable(next);
    }

    /// The next occurrences after that moment, for previews.
    ///
    /// @param pipeline `NAMESPACE/NAME`: spreads `H` and jitter
    public static List<Instant> next(
            String pipeline, PipelineSpec.Cron cron, Instant after, int count) {
        CronTimes times = CronTimes.of(pipeline, cron);
        List<Instant> found = new ArrayList<>();
        Optional<Instant> at = times.next(after);
        while (at.isPresent() && found.size() < count) {
            found.add(at.get());
            at = times.next(at.get());
        }
        return found;
    }
}
