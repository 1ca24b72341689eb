package dev.millwright.node;

import dev.millwright.model.AttemptId;

/// The node does not take this one attempt, because it was told that it will never get it.
public final class GivenUpException extends NodeException {
    private static final long serialVersionUID = 1L;

    public GivenUpException(AttemptId attempt) {
        super("attempt %s was given up".formatted(attempt));
    }
}
