package dev.millwright.host.format;

import dev.millwright.model.MillwrightException;

/// A file of another system could not be read, and the file is not to blame. The message names file
/// and plugin.
public final class FormatException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    FormatException(String message) {
        super(message);
    }

    FormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
