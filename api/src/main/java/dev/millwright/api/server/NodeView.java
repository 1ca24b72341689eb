package dev.millwright.api.server;

import java.util.List;
import java.util.Map;

/// A machine that carries out work.
///
/// @param state `online`, `suspect`, `unreachable`, `draining` or `offline`
/// @param slots how many attempts it carries out at once
/// @param busy how many it carries out now
/// @param runners kinds of work it can do, such as `process`
public record NodeView(
        String name,
        String state,
        int slots,
        int busy,
        List<String> runners,
        Map<String, String> labels) {
    public NodeView {
        runners = List.copyOf(runners);
        labels = Map.copyOf(labels);
    }
}
