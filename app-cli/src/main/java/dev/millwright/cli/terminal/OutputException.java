package dev.millwright.cli.terminal;

import dev.millwright.model.MillwrightException;
import java.io.IOException;
import java.util.Locale;

/// What a command prints cannot be written any longer.
public final class OutputException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    private final boolean closed;

    OutputException(IOException why) {
        super("the output cannot be written: " + why.getMessage(), why);
        // Java tells a closed pipe from a full disk by nothing but the system's own words.
        closed = String.valueOf(why.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
    }

    /// Of a pipe that nobody reads.
    static OutputException closed() {
        return new OutputException(new IOException("Broken pipe"));
    }

    /// Whether the reader has seen enough and went away, as `head` does.
    public boolean isClosed() {
        return closed;
    }
}
