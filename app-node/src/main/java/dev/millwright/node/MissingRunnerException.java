package dev.millwright.node;

/// The node cannot carry out steps with one of the runners; it takes others.
public final class MissingRunnerException extends NodeException {
    private static final long serialVersionUID = 1L;

    public MissingRunnerException(String message) {
        super(message);
    }
}
