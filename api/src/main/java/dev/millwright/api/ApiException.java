package dev.millwright.api;

import dev.millwright.model.MillwrightException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The server refused a request, or could not be asked at all.
public final class ApiException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient @Nullable Problem problem;

    ApiException(int status, @Nullable Problem problem, String message) {
        super(message);
        this.status = status;
        this.problem = problem;
    }

    ApiException(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
        this.problem = null;
    }

    /// The HTTP status; 0 when no answer came.
    public int status() {
        return status;
    }

    /// Whether no answer came: nothing listens there, or the connection broke.
    public boolean isUnreachable() {
        return status == 0;
    }

    /// What the server said; empty when it sent no problem document.
    public Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }
}
