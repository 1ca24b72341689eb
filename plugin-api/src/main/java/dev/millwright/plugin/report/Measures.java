package dev.millwright.plugin.report;

import dev.millwright.plugin.Stability;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// How things stand at one moment. Immutable.
///
/// ```java
/// long busy = measures.workers().getOrDefault("busy", 0L);
/// ```
///
/// @param at the moment
/// @param since when the server began to count, for what is summed up
/// @param active runs that are not over; also 0 for what was active before
/// @param workers how many nodes are `available`, `busy` and `offline`
/// @param exporter who is told, such as `default/traces`; empty when that is not known
/// @param dropped how many messages to this exporter were given up since it was declared
@Stability(Stability.Level.EVOLVING)
public record Measures(
        Instant at,
        Instant since,
        List<Active> active,
        Map<String, Long> workers,
        String exporter,
        long dropped) {
    public Measures {
        active = List.copyOf(active);
        workers = Map.copyOf(workers);
    }

    /// What is the same for every exporter.
    public Measures(Instant at, Instant since, List<Active> active, Map<String, Long> workers) {
        this(at, since, active, workers, "", 0);
    }

    /// How many runs of a pipeline are in a state. Immutable.
    ///
    /// @param state `pending`, `executing` or `finalizing`
    @Stability(Stability.Level.EVOLVING)
    public record Active(String namespace, String pipeline, String state, long runs) {}
}
