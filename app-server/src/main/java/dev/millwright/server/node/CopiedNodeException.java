package dev.millwright.server.node;

import dev.millwright.model.MillwrightException;

/// Two programs at once use the identity of one node.
public final class CopiedNodeException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    CopiedNodeException(String message) {
        super(message);
    }
}
