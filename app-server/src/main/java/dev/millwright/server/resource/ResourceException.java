package dev.millwright.server.resource;

import dev.millwright.model.MillwrightException;

/// A resource, selector or cursor could not be understood.
public final class ResourceException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    public ResourceException(String message) {
        super(message);
    }

    public ResourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
