package dev.millwright.server.link;

import dev.millwright.model.MillwrightException;

/// The link cannot be opened; the message says why.
public final class LinkFailure extends MillwrightException {
    private static final long serialVersionUID = 1L;

    LinkFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
