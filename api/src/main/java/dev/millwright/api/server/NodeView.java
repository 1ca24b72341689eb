package dev.millwright.api.server;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A machine that carries out work.
///
/// @param state `online`, `suspect`, `unreachable`, `draining` or `offline`
/// @param slots how many attempts it carries out at once
/// @param busy how many it carries out now
/// @param runners kinds of work it can do, such as `process`
/// @param labels what administrators say about it
/// @param facts what it found out about its machine
/// @param version of its program
/// @param seenAt when it was last heard of
/// @param refusal why it takes nothing new at the moment, such as a full disk; empty when it does
public record NodeView(
        String name,
        String state,
        int slots,
        int busy,
        List<String> runners,
        Map<String, String> labels,
        Map<String, String> facts,
        String version,
        Instant seenAt,
        String refusal) {
    public NodeView {
        runners = List.copyOf(runners);
        labels = Map.copyOf(labels);
        facts = Map.copyOf(facts);
    }
}
