package dev.millwright.server.trigger;

import dev.millwright.server.resource.PipelineSpec.Overlap;
import dev.millwright.server.store.Tx;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What the runs that a schedule started before mean for its next one.
///
/// @param unfinished runs that still go on
/// @param waiting occurrences that are stored and not yet runs
record CronOverlap(Overlap policy, List<UUID> unfinished, long waiting) {

    static CronOverlap of(Tx tx, Overlap policy, String namespace, String name, String source) {
        if (policy == Overlap.ALLOW) {
            return new CronOverlap(policy, List.of(), 0);
        }
        CronDao rows = tx.dao(CronDao.class);
        if (policy == Overlap.REPLACE) {
            // First these: one that becomes a run at this moment is among the unfinished then
            rows.supersede(source, tx.now());
        }
        return new CronOverlap(
                policy, rows.unfinished(namespace, name, source), rows.waiting(source));
    }

    private boolean forbids() {
        return policy == Overlap.FORBID && (!unfinished.isEmpty() || waiting > 0);
    }

    /// What it means for the occurrence, as parameters of its delivery: the runs that are to be
    /// cancelled first, or why there is no run.
    Map<String, Object> parameters() {
        if (forbids()) {
            return Map.of("ignore", "the run of an earlier occurrence still goes on");
        }
        return policy != Overlap.REPLACE || unfinished.isEmpty()
                ? Map.of()
                : Map.of("replaces", unfinished.stream().map(UUID::toString).toList());
    }
}
