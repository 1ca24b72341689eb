package dev.millwright.server.pki;

import dev.millwright.model.MillwrightException;

/// The cluster's authority cannot be opened, or its key cannot be kept.
public final class AuthorityException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    AuthorityException(String message) {
        super(message);
    }

    AuthorityException(String message, Throwable cause) {
        super(message, cause);
    }
}
