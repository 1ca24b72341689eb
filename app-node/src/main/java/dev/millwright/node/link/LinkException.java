package dev.millwright.node.link;

import dev.millwright.model.MillwrightException;

/// What came over the link between server and node makes no sense, or nothing comes over it.
public class LinkException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    public LinkException(String message) {
        super(message);
    }

    public LinkException(String message, Throwable cause) {
        super(message, cause);
    }
}
