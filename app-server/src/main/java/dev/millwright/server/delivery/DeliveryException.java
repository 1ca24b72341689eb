package dev.millwright.server.delivery;

import dev.millwright.model.MillwrightException;

/// A delivery that is asked for is not there, or a page cursor is not one of ours.
public final class DeliveryException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    public DeliveryException(String message) {
        super(message);
    }

    public DeliveryException(String message, Throwable cause) {
        super(message, cause);
    }
}
