package dev.millwright.engine.expression;

import dev.millwright.model.MillwrightException;

/// A `${...}` refers to something that is not there; the message says what is.
public final class ReferenceException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    public ReferenceException(String message) {
        super(message);
    }
}
