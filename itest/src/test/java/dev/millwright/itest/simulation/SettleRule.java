package dev.millwright.itest.simulation;

import dev.millwright.itest.simulation.Message.Settlement;
import dev.millwright.itest.simulation.Rows.AttemptRow;
import dev.millwright.node.Known;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;

/// What a Hello settles: the one place where the simulation has a rule of the server of its own.
final class SettleRule {
    private SettleRule() {}

    /// @param neverStarted proven not to have begun
    /// @param lost nobody can tell how they ended
    /// @param unknown the node does not have them and has to promise never to take them
    record Settled(
            Map<Long, Settlement> settlements,
            Set<Long> neverStarted,
            Set<Long> lost,
            Set<Long> unknown) {}

    /// @param live attempts of the node that are stored as live
    /// @param isLive whether the attempt of that number is stored as live
    static Settled settle(
            Message.Hello hello, List<AttemptRow> live, LongFunction<Boolean> isLive) {
        Map<Long, Settlement> settlements = new LinkedHashMap<>();
        Set<Long> neverStarted = new LinkedHashSet<>();
        hello.attempts()
                .forEach((attempt, state) -> {
                    if (!isLive.apply(attempt)) {
                        settlements.put(attempt, Settlement.FENCED);
                    } else if (state == Known.State.NEVER_STARTED) {
                        settlements.put(attempt, Settlement.FORGET);
                        neverStarted.add(attempt);
                    } else {
                        settlements.put(attempt, Settlement.CONTINUE);
                    }
                });
        Set<Long> missing = new LinkedHashSet<>();
        live.stream()
                .map(AttemptRow::id)
                .filter(id -> !hello.attempts().containsKey(id))
                .forEach(missing::add);
        boolean forgot = hello.mayHaveForgotten();
        return new Settled(
                settlements,
                neverStarted,
                forgot ? missing : new HashSet<>(),
                forgot ? new HashSet<>() : missing);
    }
}
