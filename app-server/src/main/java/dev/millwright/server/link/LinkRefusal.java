package dev.millwright.server.link;

import dev.millwright.model.MillwrightException;
import io.grpc.Status;

/// Somebody who came in over the link is not let in.
public final class LinkRefusal extends MillwrightException {
    private static final long serialVersionUID = 1L;

    private final boolean forGood;

    /// @param message says what is wrong and what to do, without secrets
    public LinkRefusal(String message) {
        this(message, false);
    }

    private LinkRefusal(String message, boolean forGood) {
        super(message);
        this.forGood = forGood;
    }

    /// Of a node that was removed: it need not come again.
    public static LinkRefusal removed(String message) {
        return new LinkRefusal(message, true);
    }

    /// The same for who called.
    Status status() {
        Status status = forGood ? Status.NOT_FOUND : Status.PERMISSION_DENIED;
        return status.withDescription(getMessage());
    }
}
