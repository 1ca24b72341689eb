package dev.millwright.api.run;

import java.util.Locale;

/// How a run or step stands, in one word. A step whose bad outcome is allowed is a `WARNING`.
public enum Status {
    PENDING,
    BLOCKED,
    QUEUED,
    RUNNING,
    CANCELLING,
    SUCCESS,
    WARNING,
    FAILURE,
    ERROR,
    TIMEOUT,
    CANCELLED,
    SKIPPED;

    /// Whether it will not change any more.
    public boolean isFinished() {
        return switch (this) {
            case PENDING, BLOCKED, QUEUED, RUNNING, CANCELLING -> false;
            case SUCCESS, WARNING, FAILURE, ERROR, TIMEOUT, CANCELLED, SKIPPED -> true;
        };
    }

    /// The word as it travels, such as `failure`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
