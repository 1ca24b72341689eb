package dev.millwright.server.trigger;

import dev.millwright.model.Parameters;
import dev.millwright.model.resource.Resource;
import dev.millwright.server.delivery.Intake;
import dev.millwright.server.delivery.NewDelivery;
import dev.millwright.server.delivery.Payload;
import dev.millwright.server.resource.PipelineSpec;
import dev.millwright.server.resource.PipelineSpec.Cron;
import dev.millwright.server.resource.ResourceException;
import dev.millwright.server.resource.ResourceQuery;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns the occurrences of schedules into deliveries, each exactly one, however many servers tick.
///
/// Called from any thread; one tick at a time.
public final class CronTrigger {
    private static final Logger log = LoggerFactory.getLogger(CronTrigger.class);

    /// An occurrence that is later than this was missed, and the misfire policy applies.
    private static final Duration MISSED = Duration.ofSeconds(30);

    private static final int MOST_MADE_UP = 10;

    private final Database database;
    private final Resources resources;
    private final Intake intake;
    private final InstantSource clock;
    private @Nullable Instant next;

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

    /// Deliver what is due and note what comes next. Gives how many deliveries were made.
    public synchronized int tick() {
        int made = 0;
        next = null;
        for (Resource resource : resources.list(ResourceQuery.of("Pipeline", "")).items()) {
            Optional<PipelineSpec> spec = resources.pipeline(resource.namespace(), resource.name());
            if (spec.isEmpty() || spec.get().suspend()) {
                continue;
            }
            for (Cron cron : spec.get().crons()) {
                try {
                    made += tick(resource, cron);
                } catch (ResourceException wrong) {
                    log.warn(
                            "{}: schedule '{}': {}",
                            resource.address(),
                            cron.name(),
                            wrong.getMessage());
                }
            }
        }
        return made;
    }

    private int tick(Resource pipeline, Cron cron) {
        if (cron.suspend()) {
            return 0;
        }
        Instant now = clock.instant();
        String address = pipeline.namespace() + "/" + pipeline.name();
        String hash = hash(cron);
        Optional<CronDao.Row> row =
                database.read(tx ->
                        tx.dao(CronDao.class)
                                .find(pipeline.namespace(), pipeline.name(), cron.name()));
        if (row.isEmpty() || !row.get().scheduleHash().equals(hash)) {
            note(pipeline, cron, hash, next(address, cron, now, 1));
            return 0;
        }
        Instant first = row.get().nextAt();
        if (now.isBefore(first.plus(jitter(address, cron, first)))) {
            remember(first);
            return 0;
        }
        int made = 0;
        for (Instant occurrence : due(address, cron, first, now)) {
            made += deliver(pipeline, cron, occurrence) ? 1 : 0;
        }
        note(pipeline, cron, hash, next(address, cron, now, 1));
        return made;
    }

    /// The occurrences to deliver now: those that are just due, and missed ones as the policy says.
    private static List<Instant> due(String address, Cron cron, Instant first, Instant now) {
        List<Instant> missed = new ArrayList<>();
        List<Instant> fresh = new ArrayList<>();
        Optional<Instant> at = Optional.of(first);
        while (at.isPresent() && !at.get().isAfter(now)) {
            List<Instant> group =
                    Duration.between(at.get(), now).compareTo(MISSED) > 0 ? missed : fresh;
            group.add(at.get());
            if (missed.size() > MOST_MADE_UP) {
                missed.removeFirst();
            }
            at = next(address, cron, at.get(), 1).stream().findFirst();
        }
        List<Instant> due =
                switch (cron.misfire()) {
                    case SKIP -> new ArrayList<>();
                    case ONCE ->
                            missed.isEmpty() || !fresh.isEmpty()
                                    ? new ArrayList<>()
                                    : new ArrayList<>(List.of(missed.getLast()));
                    case ALL -> new ArrayList<>(missed);
                };
        due.addAll(fresh);
        return due;
    }

    private boolean deliver(Resource pipeline, Cron cron, Instant occurrence) {
        List<String> unfinished =
                cron.overlap() == PipelineSpec.Overlap.ALLOW
                        ? List.of()
                        : database
                                .read(tx ->
                                        tx.dao(CronDao.class)
                                                .unfinished(pipeline.namespace(), pipeline.name()))
                                .stream()
                                .map(UUID::toString)
                                .toList();
        if (cron.overlap() == PipelineSpec.Overlap.FORBID && !unfinished.isEmpty()) {
            log.info(
                    "{}: schedule '{}' is left out, because run {} still goes on",
                    pipeline.address(),
                    cron.name(),
                    unfinished.getFirst());
            return false;
        }
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("occurrence", occurrence.toString());
        if (!cron.ref().isEmpty()) {
            parameters.put("ref", cron.ref());
        }
        if (!cron.inputs().isEmpty()) {
            parameters.put("inputs", cron.inputs());
        }
        if (!unfinished.isEmpty()) {
            parameters.put("replaces", unfinished);
        }
        return !intake.accept(
                        new NewDelivery(
                                "cron:%s/%s/%s"
                                        .formatted(
                                                pipeline.namespace(), pipeline.name(), cron.name()),
                                occurrence.toString(),
                                pipeline.namespace(),
                                pipeline.name(),
                                "cron",
                                Map.of(),
                                Payload.EMPTY,
                                new Parameters(parameters)))
                .duplicate();
    }

    private void note(Resource pipeline, Cron cron, String hash, List<Instant> comes) {
        // No further occurrence: far away, so that it is not looked at again
        Instant at = comes.isEmpty() ? Instant.parse("9999-01-01T00:00:00Z") : comes.getFirst();
        database.change(tx -> {
            CronDao rows = tx.dao(CronDao.class);
            int updated = rows.update(pipeline.namespace(), pipeline.name(), cron.name(), hash, at);
            if (updated == 0) {
                rows.insert(pipeline.namespace(), pipeline.name(), cron.name(), hash, at);
            }
        });
        remember(at);
    }

    private void remember(Instant at) {
        if (next == null || at.isBefore(next)) {
            next = at;
        }
    }

    private static String hash(Cron cron) {
        return Integer.toHexString(
                List.of(
                                cron.schedules(),
                                cron.timeZone(),
                                String.valueOf(cron.startAtOrNull()),
                                String.valueOf(cron.endAtOrNull()))
                        .hashCode());
    }

    /// Each occurrence is held back by a part of the jitter that is its own and always the same.
    private static Duration jitter(String address, Cron cron, Instant occurrence) {
        long most = cron.jitter().toMillis();
        return most == 0
                ? Duration.ZERO
                : Duration.ofMillis(
                        Math.floorMod(
                                (address + cron.name() + occurrence).hashCode() * 2_654_435_761L,
                                most));
    }

    /// When something is due next, as far as the last tick knows. Resources may change meanwhile,
    /// so tick at least every few seconds.
    public synchronized Optional<Instant> nextWake() {
        return Optional.ofNullable(next);
    }

    /// The next occurrences after that moment, for previews.
    ///
    /// @param pipeline `NAMESPACE/NAME`: spreads `H` and jitter
    public static List<Instant> next(
            String pipeline, PipelineSpec.Cron cron, Instant after, int count) {
        List<CronSchedule> schedules =
                cron.schedules().stream()
                        .map(text ->
                                CronSchedule.parse(
                                        text, cron.timeZone(), (pipeline + cron.name()).hashCode()))
                        .toList();
        List<Instant> found = new ArrayList<>();
        Instant at =
                cron.startAt()
                        .map(start -> start.minusMillis(1))
                        .filter(after::isBefore)
                        .orElse(after);
        while (found.size() < count) {
            Instant from = at;
            Optional<Instant> comes =
                    schedules.stream()
                            .flatMap(schedule -> schedule.next(from).stream())
                            .min(Comparator.naturalOrder())
                            .filter(time ->
                                    cron.endAt().map(end -> !time.isAfter(end)).orElse(true));
            if (comes.isEmpty()) {
                return found;
            }
            found.add(comes.get());
            at = comes.get();
        }
        return found;
    }
}
