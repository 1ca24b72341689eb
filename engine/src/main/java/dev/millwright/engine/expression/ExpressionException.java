package dev.millwright.engine.expression;

import dev.millwright.model.MillwrightException;
import org.jspecify.annotations.Nullable;

/// An expression is wrong, or could not be evaluated.
public final class ExpressionException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    ExpressionException(String message, @Nullable Exception cause) {
        super(message);
        if (cause != null) {
            initCause(cause);
        }
    }
}
