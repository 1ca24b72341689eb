package dev.millwright.cli.tree;

import dev.millwright.model.MillwrightException;

/// No step, or more than one, is what the user means.
public final class StepSearchException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    private final boolean missing;

    StepSearchException(boolean missing, String message) {
        super(message);
        this.missing = missing;
    }

    /// Whether there is none; else there are several.
    public boolean isMissing() {
        return missing;
    }
}
