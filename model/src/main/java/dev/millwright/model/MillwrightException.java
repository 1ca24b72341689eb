package dev.millwright.model;

/// Base of every exception that Millwright throws on purpose: something could not be told or done.
///
/// Expected outcomes (a red build, a skipped step) are values, never exceptions.
public class MillwrightException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MillwrightException(String message) {
        super(message);
    }

    public MillwrightException(String message, Throwable cause) {
        super(message, cause);
    }
}
