package dev.millwright.model.log;

import java.util.Locale;

/// The two streams that a step writes to. They are kept apart, byte for byte.
public enum LogStream {
    OUT,
    ERR;

    /// The word as users read and write it: `out` or `err`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
