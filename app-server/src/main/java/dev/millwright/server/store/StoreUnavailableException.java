package dev.millwright.server.store;

/// The database does not answer, or cannot promise that it kept what it was given; try again later.
///
/// Whether the last transaction took place is unknown.
public final class StoreUnavailableException extends StoreException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public StoreUnavailableException(String message) {
        super(message);
    }
}
