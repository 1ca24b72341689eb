package dev.millwright.server.store;

import dev.millwright.model.MillwrightException;

/// Base of what the database could not tell or could not do.
public class StoreException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
