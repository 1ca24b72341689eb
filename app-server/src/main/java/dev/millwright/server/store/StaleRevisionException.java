package dev.millwright.server.store;

/// Somebody else changed the row since it was read; read again and decide anew.
public final class StaleRevisionException extends StoreException {
    private static final long serialVersionUID = 1L;

    public StaleRevisionException(String message) {
        super(message);
    }
}
