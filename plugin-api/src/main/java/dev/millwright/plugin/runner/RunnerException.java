package dev.millwright.plugin.runner;

import dev.millwright.plugin.PluginException;
import dev.millwright.plugin.Stability;

/// The work could not be started; the message tells the user why.
@Stability(Stability.Level.STABLE)
public final class RunnerException extends PluginException {
    private static final long serialVersionUID = 1L;

    public RunnerException(String message) {
        super(message);
    }

    public RunnerException(String message, Throwable cause) {
        super(message, cause);
    }
}
