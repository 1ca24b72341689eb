package dev.millwright.server.cluster;

import dev.millwright.model.MillwrightException;

/// This server cannot stand beside the others as it is set up.
public final class ClusterException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    ClusterException(String message) {
        super(message);
    }

    ClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
