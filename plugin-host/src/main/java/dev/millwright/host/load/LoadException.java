package dev.millwright.host.load;

import dev.millwright.model.MillwrightException;

/// A file is no plugin that can be used; the message says why and what to do.
public final class LoadException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    public LoadException(String message) {
        super(message);
    }

    public LoadException(String message, Throwable cause) {
        super(message, cause);
    }
}
