package dev.millwright.server.telemetry;

import dev.millwright.model.AttemptId;
import dev.millwright.model.Parameters;
import dev.millwright.server.event.Journal;
import dev.millwright.server.event.NewEvent;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.Tx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Writes an event for each attempt that has new results, once a second at most: a program may send
/// each span by itself. Any thread.
final class Announcements {
    private final Database database;
    private final Journal journal;
    private final Map<AttemptId, Target> fresh = new ConcurrentHashMap<>();

    Announcements(Database database, Journal journal) {
        this.database = database;
        this.journal = journal;
    }

    void note(Target target) {
        fresh.put(target.attempt(), target);
    }

    void tick() {
        List<Target> told = List.copyOf(fresh.values());
        if (told.isEmpty()) {
            return;
        }
        told.forEach(target -> fresh.remove(target.attempt()));
        database.change(tx -> told.forEach(target -> announce(tx, target)));
    }

    /// It has no number among the events of its run, which those who decide about the run give.
    private void announce(Tx tx, Target target) {
        tx.dao(TelemetryDao.class)
                .used(target.attempt())
                .ifPresent(used -> {
                    Map<String, Object> data = new LinkedHashMap<>();
                    data.put("path", target.path());
                    data.put("attempt", target.number());
                    data.put("results", used.results());
                    data.put("bad", used.bad());
                    journal.append(
                            tx,
                            NewEvent.of(
                                    target.namespace(),
                                    "step.results",
                                    target.address() + "/" + target.path(),
                                    target.run(),
                                    0,
                                    new Parameters(data)));
                });
    }
}
