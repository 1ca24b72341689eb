package dev.millwright.docker.engine;

import dev.millwright.plugin.PluginException;

/// No engine answers; what it was asked may or may not have happened.
public final class EngineAwayException extends PluginException {
    private static final long serialVersionUID = 1L;

    EngineAwayException(String message, Throwable cause) {
        super(message, cause);
    }

    EngineAwayException(String message) {
        super(message);
    }
}
