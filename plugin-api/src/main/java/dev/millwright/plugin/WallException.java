package dev.millwright.plugin;

import java.io.IOException;
import java.io.Serial;

/// A host that may not be reached; the message says why, and what the administrator can do.
@Stability(Stability.Level.EVOLVING)
public final class WallException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    WallException(String message) {
        super(message);
    }
}
