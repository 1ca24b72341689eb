package dev.millwright.server.run;

import dev.millwright.model.MillwrightException;

/// A run was asked for something that it cannot do; the message says what and why.
public final class RunException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /// Whether the thing is missing, or in the wrong state.
    public enum Kind {
        NOT_FOUND,
        CONFLICT
    }

    public RunException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
