package dev.millwright.api.server;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A machine that carries out work.
///
/// @param state `online`, `suspect`, `unreachable`, `draining`, `offline`; `joined` when it has
///   never connected, `quarantined` when its certificates do not count any more
/// @param slots how many attempts it carries out at once
/// @param busy how many it carries out now
/// @param runners kinds of work it can do, such as `process`
/// @param missingRunners kinds of work that it knows of and cannot do at the moment, and why
/// @param labels what administrators say about it
/// @param facts what it found out about its machine
/// @param version of its program
/// @param seenAt when it was last heard of; missing when it never was
/// @param refusal why it takes nothing new at the moment, such as a full disk; empty when it does
/// @param advice what its state means and what to do about it; empty when all is well
public record NodeView(
        String name,
        String state,
        int slots,
        int busy,
        List<String> runners,
        Map<String, String> missingRunners,
        Map<String, String> labels,
        Map<String, String> facts,
        String version,
        @Nullable Instant seenAt,
        @JsonProperty(defaultValue = "") String refusal,
        @JsonProperty(defaultValue = "") String advice) {
    public NodeView {
        runners = List.copyOf(runners);
        missingRunners = inOrder(missingRunners);
        labels = inOrder(labels);
        facts = inOrder(facts);
        refusal = refusal == null ? "" : refusal;
        advice = advice == null ? "" : advice;
    }

    /// By name, as people read them.
    private static Map<String, String> inOrder(Map<String, String> values) {
        return Collections.unmodifiableMap(
                values == null ? new TreeMap<String, String>() : new TreeMap<>(values));
    }
}
