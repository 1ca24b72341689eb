package dev.millwright.server.queue;

/// How far a stored wake-up is.
public enum JobState {
    SCHEDULED,
    ENQUEUED,
    PROCESSING,
    SUCCEEDED,
    FAILED,
    DELETED
}
