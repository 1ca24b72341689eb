package dev.millwright.server.telemetry.otlp;

import dev.millwright.model.MillwrightException;

/// A request is no OTLP; the message says where.
public final class MalformedException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
        super(message);
    }

    MalformedException(String message, Throwable cause) {
        super(message, cause);
    }
}
