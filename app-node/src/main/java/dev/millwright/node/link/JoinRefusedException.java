package dev.millwright.node.link;

/// A server does not let this machine in: its token is used up, has expired, or is for another
/// node.
public final class JoinRefusedException extends LinkException {
    private static final long serialVersionUID = 1L;

    JoinRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
