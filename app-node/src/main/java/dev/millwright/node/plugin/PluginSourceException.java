package dev.millwright.node.plugin;

import dev.millwright.model.MillwrightException;

/// A server does not give a part of a plugin; the message tells people why. Another try may
/// succeed.
public final class PluginSourceException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    public PluginSourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
