package dev.millwright.server.store;

/// A row with the same unique key is already there; nothing was written.
public final class DuplicateException extends StoreException {
    private static final long serialVersionUID = 1L;

    public DuplicateException(String message, Throwable cause) {
        super(message, cause);
    }
}
