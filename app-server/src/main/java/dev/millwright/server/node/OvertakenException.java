package dev.millwright.server.node;

import dev.millwright.model.MillwrightException;

/// A node's Hello came after a later one of the same node.
public final class OvertakenException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    OvertakenException(String message) {
        super(message);
    }
}
