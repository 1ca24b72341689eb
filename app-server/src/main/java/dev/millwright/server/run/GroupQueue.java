package dev.millwright.server.run;

import dev.millwright.engine.progress.Signal;
import dev.millwright.model.RunId;
import dev.millwright.model.run.RunPhase;
import dev.millwright.server.store.Database;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;

/// Lets the runs of a concurrency group go one at a time, oldest first.
///
/// Called from any thread; calling it more often than needed does no harm.
final class GroupQueue {
    private final Database database;
    private final BiConsumer<RunId, List<Signal>> signal;

    GroupQueue(Database database, BiConsumer<RunId, List<Signal>> signal) {
        this.database = database;
        this.signal = signal;
    }

    void runFinished(RunId run) {
        database.read(tx -> tx.dao(RunDao.class).find(run.value()))
                .filter(record -> record.concurrencyGroupOrNull() != null)
                .ifPresent(record ->
                        admitNext(record.namespace(), record.concurrencyGroup().orElseThrow()));
    }

    /// Look at every group that has runs waiting.
    void admitAll() {
        database.read(tx -> tx.dao(RunDao.class).blockedGroups())
                .forEach(group -> admitNext(group.namespace(), group.group()));
    }

    private void admitNext(String namespace, String group) {
        Optional<RunId> next =
                database.read(tx -> {
                    RunDao runs = tx.dao(RunDao.class);
                    List<RunRecord> members =
                            runs.inGroup(namespace, group).stream()
                                    .map((UUID id) -> runs.find(id).orElseThrow())
                                    .toList();
                    boolean held =
                            members.stream().anyMatch(run -> RunStore.holdsGroup(run.phase()));
                    return held
                            ? Optional.<RunId>empty()
                            : members.stream()
                                    .filter(run -> run.phase() == RunPhase.BLOCKED)
                                    .map(RunRecord::id)
                                    .findFirst();
                });
        next.ifPresent(run -> signal.accept(run, List.of(new Signal.Admitted())));
    }
}
