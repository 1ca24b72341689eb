package dev.millwright.server.run;

import dev.millwright.model.MillwrightException;

/// A leaf cannot be handed to a node, because something it refers to is not there or not for it.
final class AssignmentException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    AssignmentException(String message) {
        super(message);
    }

    AssignmentException(String message, Throwable cause) {
        super(message, cause);
    }
}
