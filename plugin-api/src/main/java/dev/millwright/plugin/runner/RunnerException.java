package dev.millwright.plugin.runner;

import dev.millwright.model.MillwrightException;

/// The work could not be started; the message tells the user why.
public final class RunnerException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    public RunnerException(String message) {
        super(message);
    }

    public RunnerException(String message, Throwable cause) {
        super(message, cause);
    }
}
