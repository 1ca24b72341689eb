package dev.millwright.server.telemetry.otlp;

import java.util.List;

/// What a request brings. Immutable.
///
/// @param items in the order in which they came
/// @param refused how many were left out because something is wrong with them
/// @param reason why the first of them was; empty when none was
public record Received<T>(List<T> items, int refused, String reason) {
    public Received {
        items = List.copyOf(items);
    }
}
