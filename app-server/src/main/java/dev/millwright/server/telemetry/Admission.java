package dev.millwright.server.telemetry;

/// Whether a request is let in.
public sealed interface Admission {
    /// It may tell of this attempt.
    record Open(Target target) implements Admission {}

    /// Its token is none of ours, or its attempt is over or forgotten.
    record Closed(String reason) implements Admission {}

    /// There are too many at this moment.
    record TooOften() implements Admission {}
}
