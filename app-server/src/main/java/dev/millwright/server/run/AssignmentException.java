package dev.millwright.server.run;

import dev.millwright.model.MillwrightException;

/// A leaf cannot be handed to a node because something it refers to is not there.
final class AssignmentException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    AssignmentException(String message, Throwable cause) {
        super(message, cause);
    }
}
