package dev.millwright.bench.measure;

import dev.millwright.model.MillwrightException;

/// Something could not be measured.
public final class BenchException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    public BenchException(String message) {
        super(message);
    }

    public BenchException(String message, Throwable cause) {
        super(message, cause);
    }
}
