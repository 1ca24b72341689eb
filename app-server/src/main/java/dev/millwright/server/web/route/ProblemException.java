package dev.millwright.server.web.route;

import dev.millwright.api.Problem;
import dev.millwright.model.MillwrightException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A request cannot be answered as asked; says all that the problem document says.
public final class ProblemException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    private final transient ProblemType type;
    private final transient List<Problem.Violation> errors;
    private final transient Map<String, String> headers;

    private ProblemException(
            ProblemType type,
            String detail,
            List<Problem.Violation> errors,
            Map<String, String> headers) {
        super(detail);
        this.type = type;
        this.errors = errors;
        this.headers = headers;
    }

    public static ProblemException of(ProblemType type, String detail) {
        return new ProblemException(type, detail, List.of(), Map.of());
    }

    public static ProblemException of(
            ProblemType type, String detail, List<Problem.Violation> errors) {
        return new ProblemException(type, detail, List.copyOf(errors), Map.of());
    }

    /// A parameter that does not say what it should.
    public static ProblemException parameter(String name, String message) {
        return of(
                ProblemType.INVALID_REQUEST,
                "parameter '%s': %s".formatted(name, message),
                List.of(new Problem.Violation(name, message, null, null)));
    }

    public ProblemException withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ProblemException(type, message(), errors, Map.copyOf(more));
    }

    public ProblemType type() {
        return type;
    }

    Problem toProblem(String instance, String traceId) {
        return new Problem(
                type.uri(), type.title(), type.status(), message(), instance, errors, traceId);
    }

    Map<String, String> headers() {
        return headers;
    }

    private String message() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
