package dev.millwright.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An answer that says what went wrong, as RFC 9457 describes it.
///
/// @param type a URI reference that names the kind of problem, such as `/problems/not-found`
/// @param title the kind of problem in a few words; the same for every problem of its type
/// @param detail what is wrong this time and what to do about it
/// @param instance the path that was asked for
/// @param errors what is wrong in the request's body or parameters, one by one
/// @param traceId names this request in the server's log
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        List<Violation> errors,
        String traceId) {
    public Problem {
        errors = errors == null ? List.of() : List.copyOf(errors);
    }

    /// One thing that is wrong in a request.
    ///
    /// @param pointer JSON pointer into the body, or the name of a parameter
    /// @param line line in the body from 1; missing when unknown
    /// @param column column in the line from 1; missing when unknown
    public record Violation(
            String pointer, String message, @Nullable Integer line, @Nullable Integer column) {}
}
