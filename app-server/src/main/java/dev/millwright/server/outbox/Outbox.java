package dev.millwright.server.outbox;

import dev.millwright.model.RunId;
import dev.millwright.server.event.Journal;
import dev.millwright.server.event.NewEvent;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.Tx;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keep what is to be told to systems outside until it is told, whatever crashes meanwhile.
///
/// An event of a run and the letters about it are written in one transaction. Nothing is written,
/// and nothing looked for, while there is no channel. Called from any thread.
public final class Outbox implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Outbox.class);

    private final Database database;
    private final OutboxSettings settings;
    private final Fates fates;
    private final Supplier<List<? extends Channel>> channels;
    private final Set<String> kinds;
    private volatile Map<UUID, ChannelPump> pumps = Map.of();
    private @Nullable Instant lastLook;
    private @Nullable Instant lastClean;
    private boolean closed;

    private Outbox(
            Database database,
            Journal journal,
            OutboxSettings settings,
            Set<String> kinds,
            Supplier<List<? extends Channel>> channels) {
        this.database = database;
        this.settings = settings;
        this.fates = new Fates(journal);
        this.kinds = Set.copyOf(kinds);
        this.channels = channels;
    }

    /// Begin to write letters about what the journal is told, and to tell those that wait. Call
    /// [#tick] every second.
    ///
    /// @param kinds of the resources that channels are made from
    /// @param channels all that there are now; looks at the database
    public static Outbox open(
            Database database,
            Journal journal,
            OutboxSettings settings,
            Set<String> kinds,
            Supplier<List<? extends Channel>> channels) {
        Outbox outbox = new Outbox(database, journal, settings, kinds, channels);
        if (database.isH2()) {
            database.change(tx -> tx.dao(OutboxDao.class).forgetClaims());
        }
        outbox.look();
        journal.witness(outbox::witness);
        return outbox;
    }

    private void witness(Tx tx, NewEvent event) {
        @Nullable RunId run = event.runOrNull();
        if (run == null) {
            if (event.type().startsWith("resource.")
                    && event.data().text("kind").filter(kinds::contains).isPresent()) {
                tx.afterCommit(this::look);
            }
            return;
        }
        for (ChannelPump pump : pumps.values()) {
            pump.channel()
                    .about(event)
                    .ifPresent(message -> {
                        tx.dao(OutboxDao.class)
                                .insert(
                                        pump.channel().id(),
                                        run,
                                        event.runSeq(),
                                        message.occasion(),
                                        message.subject());
                        tx.afterCommit(pump::nudge);
                    });
        }
    }

    /// Look which channels there are and which can tell again, and give up what waits for too long.
    public synchronized void tick() {
        Instant now = Instant.now();
        if (lastLook == null || now.isAfter(lastLook.plus(settings.look()))) {
            look();
        }
        if (lastClean == null || now.isAfter(lastClean.plus(settings.clean()))) {
            lastClean = now;
            clean();
        }
        pumps.values().forEach(ChannelPump::watch);
    }

    private synchronized void look() {
        if (closed) {
            return;
        }
        lastLook = Instant.now();
        Map<UUID, ChannelPump> before = pumps;
        Map<UUID, ChannelPump> now = new LinkedHashMap<>();
        for (Channel channel : channels.get()) {
            @Nullable ChannelPump known = before.get(channel.id());
            if (known == null) {
                Fates.know(database, channel);
                known = new ChannelPump(database, settings, fates, channel);
                known.start();
            } else {
                known.become(channel);
            }
            now.put(channel.id(), known);
        }
        pumps = now;
        before.forEach((id, pump) -> {
            if (!now.containsKey(id)) {
                pump.close();
            }
        });
    }

    private void clean() {
        for (ChannelPump pump : pumps.values()) {
            Channel channel = pump.channel();
            Channel.Keep keep = channel.keep();
            database.change(tx -> {
                OutboxDao rows = tx.dao(OutboxDao.class);
                Instant now = tx.now();
                long old = rows.dropBefore(channel.id(), now.minus(keep.longest()), now);
                drop(tx, channel, old, "kept for %s in vain".formatted(keep.longest()));
                // What was written at that moment goes, too
                long many =
                        rows.overflow(channel.id(), keep.most())
                                .map(newest ->
                                        rows.dropBefore(channel.id(), newest.plusNanos(1_000), now))
                                .orElse(0);
                drop(tx, channel, many, "more than %d waited".formatted(keep.most()));
            });
        }
        int left =
                database.write(tx -> {
                    // First the letters, as who tells them does: else the two would block each
                    // other
                    int dropped = tx.dao(OutboxDao.class).dropUndeliverable();
                    tx.dao(OutboxDao.class).forgetChannels();
                    return dropped;
                });
        if (left > 0) {
            log.info("{} things that were to be told to what is deleted are forgotten", left);
        }
    }

    private void drop(Tx tx, Channel channel, long count, String reason) {
        if (count > 0) {
            fates.dropped(tx, channel, count, reason);
            log.warn("{}: {} things were given up: {}", channel.name(), count, reason);
        }
    }

    /// How every channel fares.
    public List<ChannelStatus> status() {
        return pumps.values().stream()
                .map(pump -> database.read(tx -> fates.status(tx, pump.channel())))
                .toList();
    }

    /// Begin nothing more; what is being told ends, or is told again by the next server.
    @Override
    public synchronized void close() {
        closed = true;
        pumps.values().forEach(ChannelPump::close);
    }
}
