package dev.millwright.server.web.http;

import dev.millwright.server.web.route.Answer;
import dev.millwright.server.web.route.ProblemException;
import dev.millwright.server.web.route.ProblemType;
import dev.millwright.server.web.route.Router;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/// Hands each request to the router and sends what it answers. Runs on virtual threads and blocks.
final class RouterHandler extends Handler.Abstract {
    private static final Map<String, String> ALWAYS =
            Map.of(
                    "X-Content-Type-Options",
                    "nosniff",
                    "Referrer-Policy",
                    "no-referrer",
                    "Content-Security-Policy",
                    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    private static final int BUFFER = 16 << 10;

    /// Bytes read at most from a caller whose request is already refused.
    private static final long DRAINED = 8L << 20;

    private final Router router;
    private final int bodyLimit;
    private final ServerWebSocketContainer sockets;
    private final SlowCallers slow;
    private final Set<Thread> streaming = ConcurrentHashMap.newKeySet();

    RouterHandler(
            Router router, int bodyLimit, ServerWebSocketContainer sockets, SlowCallers slow) {
        this.router = router;
        this.bodyLimit = bodyLimit;
        this.sockets = sockets;
        this.slow = slow;
    }

    /// End what would go on for ever.
    void endStreams() {
        streaming.forEach(Thread::interrupt);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        slow.began(request);
        JettyExchange exchange = new JettyExchange(request, slow.body(request), bodyLimit);
        send(request, response, callback, exchange, router.answer(exchange));
        return true;
    }

    private void send(
            Request request,
            Response response,
            Callback callback,
            JettyExchange exchange,
            Answer answer) {
        if (answer instanceof Answer.Upgraded(Object endpoint)) {
            upgrade(request, response, callback, exchange, endpoint);
            return;
        }
        HttpFields.Mutable headers = response.getHeaders();
        ALWAYS.forEach(headers::put);
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        answer.headers().forEach(headers::put);
        response.setStatus(answer.status());
        if (answer.status() >= 400 && exchange.hasUnreadBody()) {
            // The rest of the body would be taken for the next request, or waited for.
            headers.put(HttpHeader.CONNECTION, "close");
        }
        switch (answer) {
            case Answer.Json(_, _, Object body) -> {
                headers.put(HttpHeader.CONTENT_TYPE, "application/json");
                write(exchange, response, router.bodies().write(body), callback);
            }
            case Answer.Text(_, _, String mediaType, String text) -> {
                headers.put(HttpHeader.CONTENT_TYPE, mediaType);
                write(exchange, response, text.getBytes(StandardCharsets.UTF_8), callback);
            }
            case Answer.Bytes(_, _, String mediaType, byte[] content) -> {
                headers.put(HttpHeader.CONTENT_TYPE, mediaType);
                write(exchange, response, content, callback);
            }
            case Answer.Empty _ -> response.write(true, null, callback);
            case Answer.Streamed(_, String mediaType, Answer.Writing writing) -> {
                headers.put(HttpHeader.CONTENT_TYPE, mediaType);
                if (request.getMethod().equals("HEAD")) {
                    response.write(true, null, callback);
                } else {
                    stream(response, callback, writing);
                }
            }
            case Answer.Upgraded _ -> throw new IllegalStateException("handled above");
        }
    }

    /// Write a whole body. To a caller who is still sending, closing right behind it would cut off
    /// the answer on its way (RFC 9112, section 9.6), so the rest is read first, within bounds.
    private static void write(
            JettyExchange exchange, Response response, byte[] body, Callback callback) {
        if (!response.getHeaders().contains(HttpHeader.CONNECTION, "close")
                || exchange.headers().containsKey("expect")) {
            response.write(true, ByteBuffer.wrap(body), callback);
            return;
        }
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        try {
            try (Blocker.Callback written = Blocker.callback()) {
                response.write(false, ByteBuffer.wrap(body), written);
                written.block();
            }
            exchange.drain(DRAINED);
        } catch (IOException gone) {
            callback.failed(gone);
            return;
        }
        response.write(true, null, callback);
    }

    private void stream(Response response, Callback callback, Answer.Writing writing) {
        Thread thread = Thread.currentThread();
        streaming.add(thread);
        try (OutputStream out =
                new BufferedOutputStream(Content.Sink.asOutputStream(response), BUFFER)) {
            writing.to(out);
        } catch (IOException gone) {
            // The caller went away, or was too slow for the idle timeout.
            callback.failed(gone);
            return;
        } catch (InterruptedException stopping) {
            thread.interrupt();
        } catch (RuntimeException broken) {
            callback.failed(broken);
            return;
        } finally {
            streaming.remove(thread);
        }
        callback.succeeded();
    }

    private void upgrade(
            Request request,
            Response response,
            Callback callback,
            JettyExchange exchange,
            Object endpoint) {
        boolean upgraded;
        try {
            upgraded = sockets.upgrade((_, _, _) -> endpoint, request, response, callback);
        } catch (RuntimeException e) {
            send(request, response, callback, exchange, router.problem(exchange, e));
            return;
        }
        if (!upgraded) {
            ProblemException why =
                    ProblemException.of(
                            ProblemType.INVALID_REQUEST,
                            "this address is a WebSocket; connect with 'Upgrade: websocket'");
            send(request, response, callback, exchange, router.problem(exchange, why));
        }
    }
}
