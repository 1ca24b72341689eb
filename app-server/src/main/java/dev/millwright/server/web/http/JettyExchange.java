package dev.millwright.server.web.http;

import dev.millwright.server.web.route.Exchange;
import dev.millwright.server.web.route.ProblemException;
import dev.millwright.server.web.route.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/// A request of the web server as the router sees it. Used by one thread.
final class JettyExchange implements Exchange {
    private final Request request;
    private final InputStream incoming;
    private final int bodyLimit;
    private boolean bodyRead;
    private @Nullable Map<String, List<String>> query;
    private @Nullable Map<String, List<String>> headers;

    /// @param incoming the body
    JettyExchange(Request request, InputStream incoming, int bodyLimit) {
        this.request = request;
        this.incoming = incoming;
        this.bodyLimit = bodyLimit;
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String rawPath() {
        String path = request.getHttpURI().getPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    @Override
    public Map<String, List<String>> query() {
        if (query == null) {
            query = readQuery();
        }
        return query;
    }

    private Map<String, List<String>> readQuery() {
        Map<String, List<String>> values = new LinkedHashMap<>();
        try {
            for (Fields.Field field : Request.extractQueryParameters(request)) {
                values.put(field.getName(), List.copyOf(field.getValues()));
            }
        } catch (RuntimeException malformed) {
            throw ProblemException.of(
                    ProblemType.INVALID_REQUEST, "the query is not encoded correctly");
        }
        return values;
    }

    @Override
    public String authority() {
        String authority = request.getHttpURI().getAuthority();
        return authority == null ? "" : authority;
    }

    @Override
    public boolean isSecure() {
        return request.isSecure();
    }

    @Override
    public Map<String, List<String>> headers() {
        if (headers == null) {
            Map<String, List<String>> values = new LinkedHashMap<>();
            for (HttpField field : request.getHeaders()) {
                String value = field.getValue();
                values.computeIfAbsent(
                                field.getName().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                        .add(value == null ? "" : value);
            }
            headers = values;
        }
        return headers;
    }

    @Override
    public int bodyLimit() {
        return bodyLimit;
    }

    /// Whether the caller sends something that nobody has read to its end. (Jetty's
    /// `consumeAvailable` would tell, too, but makes the rest unreadable.)
    boolean hasUnreadBody() {
        long announced = request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
        boolean chunked = request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
        return !bodyRead && (announced > 0 || chunked);
    }

    /// Read what nobody wants.
    ///
    /// @param limit bytes at most
    void drain(long limit) throws IOException {
        var _ = incoming.skip(limit);
    }

    @Override
    public byte[] body(int limit) {
        long announced = request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
        if (announced > limit) {
            throw tooLarge(limit);
        }
        try {
            byte[] body = incoming.readNBytes(limit + 1);
            if (body.length > limit) {
                throw tooLarge(limit);
            }
            bodyRead = true;
            return body;
        } catch (IOException broken) {
            throw ProblemException.of(
                            ProblemType.INVALID_REQUEST, "the body broke off or came too slowly")
                    .withHeader("Connection", "close");
        }
    }

    private static ProblemException tooLarge(int limit) {
        return ProblemException.of(
                        ProblemType.TOO_LARGE, "bodies may have %d bytes at most".formatted(limit))
                .withHeader("Connection", "close");
    }
}
