package dev.millwright.server.link;

import dev.millwright.model.MillwrightException;

/// Somebody who came in over the link is not let in.
public final class LinkRefusal extends MillwrightException {
    private static final long serialVersionUID = 1L;

    /// @param message says what is wrong and what to do, without secrets
    public LinkRefusal(String message) {
        super(message);
    }
}
