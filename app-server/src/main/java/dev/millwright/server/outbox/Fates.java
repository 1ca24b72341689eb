package dev.millwright.server.outbox;

import dev.millwright.model.Parameters;
import dev.millwright.server.event.Journal;
import dev.millwright.server.event.NewEvent;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.DuplicateException;
import dev.millwright.server.store.Tx;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// Notes how channels fare: counts, last failures, events.
final class Fates {
    private static final int LONGEST_REASON = 2_000;

    private final Journal journal;

    Fates(Journal journal) {
        this.journal = journal;
    }

    /// See to it that there is a row to note things in. By itself and beforehand: of two
    /// transactions that both write the first one, the second fails.
    static void know(Database database, Channel channel) {
        try {
            database.change(tx -> {
                OutboxDao rows = tx.dao(OutboxDao.class);
                if (rows.fate(channel.id()).isEmpty()) {
                    rows.insertChannel(channel.id());
                }
            });
        } catch (DuplicateException raced) {
            // Another server has just done it
        }
    }

    void failed(Tx tx, Channel channel, String reason) {
        String text =
                reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
        tx.dao(OutboxDao.class).noteFailure(channel.id(), text);
    }

    void dropped(Tx tx, Channel channel, long count, String reason) {
        tx.dao(OutboxDao.class).noteDropped(channel.id(), count);
        event(tx, channel, "dropped", Map.of("count", count, "reason", reason));
    }

    void tell(Tx tx, Channel channel, String what, String reason) {
        event(tx, channel, what, reason.isEmpty() ? Map.of() : Map.of("reason", reason));
    }

    private void event(Tx tx, Channel channel, String what, Map<String, Object> more) {
        Map<String, Object> data = new LinkedHashMap<>(more);
        data.put("channel", channel.name());
        journal.append(
                tx,
                NewEvent.of(
                        channel.namespace(),
                        "outbox." + what,
                        channel.name(),
                        new Parameters(data)));
    }

    /// How many things failed in a row until now, as far as it is noted; counted to the number that
    /// is trouble.
    int failures(Tx tx, Channel channel) {
        OutboxDao rows = tx.dao(OutboxDao.class);
        OutboxRows.Fate fate = rows.fate(channel.id()).orElse(OutboxRows.Fate.NONE);
        if (fate.reason().isEmpty()) {
            return 0;
        }
        OutboxRows.Count count = rows.count(channel.id());
        // What waits untried, and of which nothing was given up, waited for a plugin
        boolean lacked = count.waiting() > 0 && count.tries() == 0 && fate.dropped() == 0;
        return lacked || count.tries() >= ChannelPump.TROUBLE ? ChannelPump.TROUBLE : 1;
    }

    ChannelStatus status(Tx tx, Channel channel) {
        UUID id = channel.id();
        OutboxRows.Count count = tx.dao(OutboxDao.class).count(id);
        OutboxRows.Fate fate = tx.dao(OutboxDao.class).fate(id).orElse(OutboxRows.Fate.NONE);
        return new ChannelStatus(
                channel.name(),
                count.waiting(),
                count.failing(),
                count.oldestOrNull(),
                count.nextTryOrNull(),
                fate.dropped(),
                channel.problem().isEmpty() ? fate.reason() : channel.problem(),
                fate.failedAtOrNull());
    }
}
