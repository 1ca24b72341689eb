package dev.millwright.node;

import dev.millwright.model.MillwrightException;

/// The node cannot do its work; the message says why and what to do.
public sealed class NodeException extends MillwrightException
        permits GivenUpException, MissingRunnerException {
    private static final long serialVersionUID = 1L;

    public NodeException(String message) {
        super(message);
    }

    public NodeException(String message, Throwable cause) {
        super(message, cause);
    }
}
