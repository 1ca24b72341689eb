package dev.millwright.cli.command;

import dev.millwright.api.run.Status;

/// What a command ends with. Scripts rely on these numbers.
public final class ExitCode {
    public static final int OK = 0;

    /// A run ended badly, or a check found something.
    public static final int RUN_FAILED = 1;

    public static final int USAGE = 2;
    public static final int NOT_FOUND = 3;
    public static final int NOT_ALLOWED = 4;

    /// The server could not do it or could not be reached.
    public static final int SERVER = 5;

    public static final int TIMEOUT = 124;
    public static final int INTERRUPTED = 130;

    private ExitCode() {}

    /// How a finished run ends the command that followed it.
    public static int of(Status status) {
        return switch (status) {
            case SUCCESS, WARNING, SKIPPED -> OK;
            case TIMEOUT -> TIMEOUT;
            case FAILURE, ERROR, CANCELLED -> RUN_FAILED;
            case PENDING, BLOCKED, QUEUED, RUNNING, CANCELLING -> OK;
        };
    }
}
