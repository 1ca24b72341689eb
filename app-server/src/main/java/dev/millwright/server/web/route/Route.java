package dev.millwright.server.web.route;

import dev.millwright.server.access.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One line of the route table: it drives dispatch, the access check and the OpenAPI document.
///
/// @param pattern path with `{name}` for one segment and `{name...}` for one or more
/// @param openParameters whether other query parameters than the listed ones are let through
/// @param socket whether the route is a WebSocket
/// @param answersSecret whether the answer holds what must not be kept to be repeated
public record Route(
        String method,
        String pattern,
        Access access,
        String tag,
        String summary,
        List<Parameter> parameters,
        boolean openParameters,
        boolean socket,
        boolean answersSecret,
        @Nullable RequestBody bodyOrNull,
        List<Reply> replies,
        Handler handler) {
    public Route {
        parameters = List.copyOf(parameters);
        replies = List.copyOf(replies);
    }

    public Optional<RequestBody> body() {
        return Optional.ofNullable(bodyOrNull);
    }

    /// Whether calls may change something.
    public boolean isMutating() {
        return !method.equals("GET");
    }

    /// Whether a repeated `Idempotency-Key` gives the first answer again. Hooks know repeated
    /// deliveries by themselves.
    public boolean isRepeatable() {
        return method.equals("POST")
                && (access == Access.OPERATE || access == Access.ADMIN)
                && !answersSecret;
    }

    public static Draft get(String pattern, Access access, String tag, String summary) {
        return new Draft("GET", pattern, access, tag, summary);
    }

    public static Draft post(String pattern, Access access, String tag, String summary) {
        return new Draft("POST", pattern, access, tag, summary);
    }

    public static Draft put(String pattern, Access access, String tag, String summary) {
        return new Draft("PUT", pattern, access, tag, summary);
    }

    public static Draft delete(String pattern, Access access, String tag, String summary) {
        return new Draft("DELETE", pattern, access, tag, summary);
    }

    /// Collects the parts of a route. Used by one thread.
    public static final class Draft {
        private final String method;
        private final String pattern;
        private final Access access;
        private final String tag;
        private final String summary;
        private final List<Parameter> parameters = new ArrayList<>();
        private final List<Reply> replies = new ArrayList<>();
        private @Nullable RequestBody body;
        private boolean openParameters;
        private boolean socket;
        private boolean answersSecret;

        private Draft(String method, String pattern, Access access, String tag, String summary) {
            this.method = method;
            this.pattern = pattern;
            this.access = access;
            this.tag = tag;
            this.summary = summary;
        }

        public Draft with(Parameter... more) {
            parameters.addAll(List.of(more));
            return this;
        }

        public Draft withAnyParameters() {
            openParameters = true;
            return this;
        }

        public Draft asSocket() {
            socket = true;
            return this;
        }

        public Draft answersSecret() {
            answersSecret = true;
            return this;
        }

        public Draft takes(RequestBody taken) {
            body = taken;
            return this;
        }

        public Draft gives(Reply... more) {
            replies.addAll(List.of(more));
            return this;
        }

        public Route by(Handler handler) {
            return new Route(
                    method,
                    pattern,
                    access,
                    tag,
                    summary,
                    parameters,
                    openParameters,
                    socket,
                    answersSecret,
                    body,
                    replies,
                    handler);
        }
    }
}
