package dev.millwright.server.web.route;

import java.util.Locale;

/// Every kind of problem that the server answers with.
public enum ProblemType {
    INVALID_REQUEST(400, "The request cannot be understood"),
    UNAUTHORIZED(401, "A valid key is needed"),
    HOOK_UNPROVEN(401, "The hook's signature or token is missing or wrong"),
    FORBIDDEN(403, "Not allowed"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    NOT_ACCEPTABLE(406, "None of the accepted formats is offered"),
    CONFLICT(409, "The state does not allow it"),
    PRECONDITION_FAILED(412, "It has changed in the meantime"),
    TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body's format is not understood"),
    MISDIRECTED(421, "Not the server for this host"),
    UNPROCESSABLE(422, "The content is not valid"),
    PRECONDITION_REQUIRED(428, "A condition is needed"),
    HEADERS_TOO_LARGE(431, "The headers are too large"),
    INTERNAL(500, "Something went wrong inside the server"),
    UNAVAILABLE(503, "Not possible at the moment");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public String uri() {
        return "/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The kind for a status that the HTTP layer found by itself.
    public static ProblemType ofStatus(int status) {
        for (ProblemType type : values()) {
            if (type.status == status) {
                return type;
            }
        }
        return status >= 500 ? INTERNAL : INVALID_REQUEST;
    }
}
