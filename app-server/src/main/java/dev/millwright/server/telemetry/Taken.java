package dev.millwright.server.telemetry;

/// What became of a request. Immutable.
///
/// @param refused how many of its items were not taken and will not be
/// @param reason why; empty when all were taken
public record Taken(int refused, String reason) {
    static final Taken ALL = new Taken(0, "");
}
