package dev.millwright.server.web.http;

import dev.millwright.api.Problem;
import dev.millwright.server.web.route.Bodies;
import dev.millwright.server.web.route.ProblemType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Says what the HTTP layer itself refuses in the same form as everything else.
final class ProblemErrorHandler extends ErrorHandler {
    private static final String TYPE = "application/problem+json";

    private final Bodies bodies;

    ProblemErrorHandler(Bodies bodies) {
        this.bodies = bodies;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus() < 400 ? 500 : response.getStatus();
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, TYPE);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        String path = request.getHttpURI() == null ? null : request.getHttpURI().getPath();
        response.write(true, ByteBuffer.wrap(problem(status, path)), callback);
        return true;
    }

    private byte[] problem(int status, @Nullable String path) {
        ProblemType type = ProblemType.ofStatus(status);
        return bodies.write(
                new Problem(
                        type.uri(),
                        type.title(),
                        status,
                        type.title(),
                        path == null ? "" : path,
                        List.of(),
                        UUID.randomUUID().toString().replace("-", "")));
    }
}
