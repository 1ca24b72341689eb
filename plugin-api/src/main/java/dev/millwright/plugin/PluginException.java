package dev.millwright.plugin;

import dev.millwright.model.MillwrightException;

/// The extension could not do what it was asked; the message tells an administrator why and what to
/// do. Where an answer is a value (`Sent`, `Refused`, ...) give that instead.
@Stability(Stability.Level.STABLE)
public class PluginException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    public PluginException(String message) {
        super(message);
    }

    public PluginException(String message, Throwable cause) {
        super(message, cause);
    }
}
