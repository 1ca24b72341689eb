package dev.millwright.server.access;

import dev.millwright.model.MillwrightException;

/// The administrator's key could not be kept.
public final class AccessException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    AccessException(String message, Throwable cause) {
        super(message, cause);
    }
}
