package dev.millwright.server.run;

import dev.millwright.model.AttemptId;
import dev.millwright.model.log.LogPosition;
import dev.millwright.node.Known;
import dev.millwright.node.Settlement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Brings together what the database says of a node's attempts and what the node's journal says.
/// Pure.
///
/// @param settlements the answer for each attempt of the journal
/// @param neverStarted live attempts of which it is proven that no process of them ever existed
/// @param lost live attempts of which nobody can tell
/// @param goingOn live attempts that the node has
/// @param unknown live attempts that the node does not have, and must never take
public record Reconciliation(
        Map<AttemptId, Settlement> settlements,
        List<AttemptRecord> neverStarted,
        List<AttemptRecord> lost,
        List<AttemptRecord> goingOn,
        List<AttemptId> unknown) {

    /// Compare.
    ///
    /// @param live the attempts that the node was given and that have not ended
    /// @param journal all that the node knows
    /// @param mayHaveForgotten whether the journal may lack attempts that were taken
    /// @param logEnd up to where the log of an attempt is stored
    public static Reconciliation of(
            List<AttemptRecord> live,
            List<Known> journal,
            boolean mayHaveForgotten,
            Function<AttemptId, LogPosition> logEnd) {
        Map<AttemptId, Settlement> settlements = new LinkedHashMap<>();
        List<AttemptRecord> neverStarted = new ArrayList<>();
        List<AttemptRecord> lost = new ArrayList<>();
        List<AttemptRecord> goingOn = new ArrayList<>();
        List<AttemptId> unknown = new ArrayList<>();
        Map<AttemptId, AttemptRecord> wanted = new HashMap<>();
        live.forEach(attempt -> wanted.put(attempt.id(), attempt));
        for (Known known : journal) {
            AttemptRecord record = wanted.get(known.attempt());
            if (record == null || record.fence() != known.fence()) {
                settlements.put(known.attempt(), new Settlement.Fenced());
                continue;
            }
            wanted.remove(known.attempt());
            switch (known.state()) {
                case RUNNING, ENDED, LOST -> {
                    goingOn.add(record);
                    settlements.put(
                            known.attempt(),
                            new Settlement.Continue(logEnd.apply(known.attempt())));
                }
                case NEVER_STARTED -> {
                    neverStarted.add(record);
                    settlements.put(known.attempt(), new Settlement.Forget());
                }
            }
        }
        for (AttemptRecord missing : live) {
            if (wanted.containsKey(missing.id())) {
                (mayHaveForgotten ? lost : neverStarted).add(missing);
                unknown.add(missing.id());
            }
        }
        return new Reconciliation(settlements, neverStarted, lost, goingOn, unknown);
    }
}
