package dev.millwright.server.secret;

import dev.millwright.model.MillwrightException;

/// A store of secrets cannot tell now; try again later.
public final class SecretsUnavailableException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    public SecretsUnavailableException(String message) {
        super(message);
    }
}
