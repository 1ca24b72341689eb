package dev.millwright.node.git;

import dev.millwright.model.MillwrightException;

/// Git said no; the message holds the command (without credentials) and git's own words.
public final class GitException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    public GitException(String message) {
        super(message);
    }

    public GitException(String message, Throwable cause) {
        super(message, cause);
    }
}
