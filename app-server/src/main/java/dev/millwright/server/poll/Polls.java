package dev.millwright.server.poll;

import dev.millwright.host.Extensions;
import dev.millwright.model.resource.Resource;
import dev.millwright.server.delivery.Intake;
import dev.millwright.server.event.Journal;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.secret.SettingSecrets;
import dev.millwright.server.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Lets the polls of all pipelines look when they are due: each on one server at a time, however
/// many tick. A server that dies in the middle is found out, and its looks are taken over; what it
/// had not stored is found once more.
///
/// Called from any thread; one tick at a time.
public final class Polls implements AutoCloseable {
    /// Other servers may change resources, which only a look at the database shows.
    private static final Duration LOOK = Duration.ofSeconds(5);

    /// Where the polls of suspended pipelines stand.
    private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    /// Longer than any look may take.
    private static final Duration LEASE = Duration.ofMinutes(5);

    /// A server whose plugins have what is needed would have looked by then.
    private static final Duration UNATTENDED = Duration.ofSeconds(10);

    private static final int MOST_OF_A_TYPE = 100;
    private static final int MOST_OF_A_TICK = 50;

    private final Database database;
    private final Resources resources;
    private final InstantSource clock;
    private final UUID server;
    private final Looks looks;

    private volatile Map<PollKey, WrittenPoll> written = Map.of();

    /// What pipelines said last, by key.
    private Map<PollKey, WrittenPoll> asked = Map.of();

    private List<Resource> askedOf = List.of();
    private @Nullable Instant lastLook;
    private long seenChanges;

    /// The plugins that look, by type of polls.
    private final Map<String, String> lives = new HashMap<>();

    private Polls(
            Database database, Resources resources, InstantSource clock, UUID server, Looks looks) {
        this.database = database;
        this.resources = resources;
        this.clock = clock;
        this.server = server;
        this.looks = looks;
    }

    /// Put it together; nothing looks before the first tick.
    ///
    /// @param server the id of this server among those that share the database
    public static Polls create(
            Database database,
            Journal journal,
            Resources resources,
            Intake intake,
            Extensions extensions,
            SettingSecrets secrets,
            UUID server,
            InstantSource clock) {
        PollStore store = new PollStore(database, journal, intake, clock);
        return new Polls(
                database, resources, clock, server, new Looks(extensions, secrets, store, clock));
    }

    /// Let begin what is due. Gives how many looks began. Tick every second or so: with nothing to
    /// poll most ticks cost nothing.
    public synchronized int tick() {
        Instant now = clock.instant();
        long changes = resources.changes();
        if (changes != seenChanges || lastLook == null || !now.isBefore(lastLook.plus(LOOK))) {
            // Two servers that note different times of one change would undo each other's notes
            if (isUnused() || database.exclusively("polls", () -> reconcile(now))) {
                lastLook = now;
                seenChanges = changes;
            }
        }
        List<Look> begun = claim(now);
        begun.forEach(looks::begin);
        return begun.size();
    }

    /// Whether no pipeline polls and none did, so that nothing has to be noted.
    private boolean isUnused() {
        return written.isEmpty()
                && asked().isEmpty()
                && database.read(tx -> tx.dao(PollDao.class).all()).isEmpty();
    }

    private Map<PollKey, WrittenPoll> asked() {
        List<Resource> pipelines = resources.pipelines();
        // Not compared one by one: it is the same list while nothing changes
        if (pipelines != askedOf) {
            Map<PollKey, WrittenPoll> next = new TreeMap<>();
            for (Resource resource : pipelines) {
                WrittenPoll.of(resource, resources.spec(resource))
                        .forEach(poll -> next.put(poll.key(), poll));
            }
            asked = Collections.unmodifiableMap(next);
            askedOf = pipelines;
        }
        return asked;
    }

    /// Make the rows agree with what pipelines say, and free those whose look came to nothing.
    private void reconcile(Instant now) {
        Map<PollKey, WrittenPoll> asked = asked();
        written = asked;
        Set<UUID> own = looks.claims();
        List<String> anew = loadedAnew();
        database.change(tx -> {
            PollDao rows = tx.dao(PollDao.class);
            Map<PollKey, PollRow> left = new TreeMap<>();
            rows.all().forEach(row -> left.put(row.key(), row));
            asked.values().forEach(poll -> agree(rows, poll, left.remove(poll.key()), own, now));
            left.keySet().forEach(rows::delete);
            rows.releaseOrphans(server, now);
            anew.forEach(type -> rows.hurry(type, now, NEVER));
            types().forEach(type ->
                    looks.missing(type)
                            .ifPresent(problem -> rows.note(type, now.minus(UNATTENDED), problem)));
        });
    }

    private void agree(
            PollDao rows, WrittenPoll poll, @Nullable PollRow row, Set<UUID> own, Instant now) {
        Duration every = poll.poll().every();
        Instant first = poll.suspended() ? NEVER : PollTimes.first(poll.key(), every, now);
        if (row == null) {
            rows.insert(poll.key(), poll.poll().type(), poll.hash(), first);
        } else if (!row.settingsHash().equals(poll.hash())) {
            rows.restart(poll.key(), poll.poll().type(), poll.hash(), first);
        } else if (row.claim() != null) {
            if (server.equals(row.claimedBy()) && !isOneOf(own, row.claim())) {
                rows.release(poll.key(), row.claim(), now);
            }
        } else if (poll.suspended() != row.nextAt().equals(NEVER)) {
            rows.reschedule(poll.key(), first);
        } else if (row.failures() == 0
                && !poll.suspended()
                && row.nextAt().isAfter(now.plus(every))) {
            rows.reschedule(poll.key(), PollTimes.next(poll.key(), every, now));
        }
    }

    /// The types whose plugin was replaced or set up anew: what failed with it may succeed now.
    private List<String> loadedAnew() {
        List<String> anew = new ArrayList<>();
        types().forEach(type ->
                looks.life(type)
                        .ifPresent(life -> {
                            String before = lives.put(type, life);
                            if (before != null && !before.equals(life)) {
                                anew.add(type);
                            }
                        }));
        return anew;
    }

    private Stream<String> types() {
        return written.values().stream().map(poll -> poll.poll().type()).distinct();
    }

    private List<Look> claim(Instant now) {
        Set<UUID> own = looks.claims();
        List<PollRow> due =
                due(now).stream()
                        .filter(row -> !isOneOf(own, row.claim()))
                        .sorted(Comparator.comparing(PollRow::key))
                        .toList();
        List<Look> mine = new ArrayList<>();
        if (!due.isEmpty()) {
            database.change(tx -> {
                PollDao rows = tx.dao(PollDao.class);
                for (PollRow row : due) {
                    WrittenPoll poll = written.get(row.key());
                    UUID claim = UUID.randomUUID();
                    if (poll != null
                            && !poll.suspended()
                            && rows.claim(
                                            poll.key(),
                                            poll.hash(),
                                            row.nextAt(),
                                            claim,
                                            server,
                                            now.plus(LEASE))
                                    == 1) {
                        mine.add(new Look(poll, claim, row.failures()));
                    }
                }
            });
        }
        return mine;
    }

    private static boolean isOneOf(Set<UUID> claims, @Nullable UUID claim) {
        return claim != null && claims.contains(claim);
    }

    /// One type cannot take the places of the others.
    private List<PollRow> due(Instant now) {
        Map<String, Integer> places =
                types().filter(looks::isKnown)
                        .collect(
                                Collectors.toMap(
                                        type -> type,
                                        type ->
                                                Math.min(
                                                        MOST_OF_A_TICK,
                                                        MOST_OF_A_TYPE - looks.count(type))));
        places.values().removeIf(free -> free <= 0);
        if (places.isEmpty()) {
            return List.of();
        }
        return database.read(tx ->
                places.entrySet().stream()
                        .flatMap(one ->
                                tx
                                        .dao(PollDao.class)
                                        .due(one.getKey(), now, one.getValue())
                                        .stream())
                        .toList());
    }

    /// How all polls stand, by namespace, pipeline and name.
    public List<PollStatus> list() {
        List<PollStatus> all = new ArrayList<>();
        Map<PollKey, WrittenPoll> now = written;
        for (PollRow row : database.read(tx -> tx.dao(PollDao.class).all())) {
            WrittenPoll poll = now.get(row.key());
            if (poll != null) {
                all.add(withMissing(PollStatus.of(poll, row)));
            }
        }
        return all;
    }

    /// At once, and not only when nobody has looked for a while. Another server may have the
    /// plugin.
    private PollStatus withMissing(PollStatus status) {
        Instant lately = clock.instant().minus(status.poll().every().multipliedBy(2));
        boolean looked = status.lookedAt().filter(at -> at.isAfter(lately)).isPresent();
        return status.suspended() || looked || !status.problem().isEmpty()
                ? status
                : looks.missing(status.poll().type()).map(status::with).orElse(status);
    }

    /// Stop looking; what was not stored yet is found again by who looks next.
    @Override
    public void close() {
        looks.close();
    }
}
