package dev.millwright.server.web.http;

import dev.millwright.model.MillwrightException;
import dev.millwright.server.web.route.Router;
import java.time.Duration;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/// Listens on one address for HTTP/1.1, HTTP/2 in the clear, and WebSockets. Any thread may close
/// it.
public final class HttpListener implements AutoCloseable {
    private static final int THREADS = 24;
    private static final Duration LAST_REQUESTS = Duration.ofSeconds(3);

    private final Server server;
    private final ServerConnector connector;
    private final RouterHandler handler;

    private HttpListener(Server server, ServerConnector connector, RouterHandler handler) {
        this.server = server;
        this.connector = connector;
        this.handler = handler;
    }

    /// Make what the first one of a process would make otherwise: Jetty's table of types of content
    /// looks at all languages that there are. Need not be called.
    public static void prepare() {
        var _ = MimeTypes.DEFAULTS;
    }

    /// Open the port and answer from now on.
    ///
    /// @param port 0 for any free one
    public static HttpListener open(String address, int port, HttpLimits limits, Router router) {
        Server server = new Server(threads());
        SlowCallers slow = new SlowCallers(limits.slow());
        ServerConnector connector = connector(server, limits, slow);
        connector.setHost(address);
        connector.setPort(port);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(limits.connections(), connector));
        ServerWebSocketContainer sockets = ServerWebSocketContainer.ensure(server);
        sockets.setMaxTextMessageSize(64 << 10);
        sockets.setIdleTimeout(limits.idle());
        RouterHandler handler = new RouterHandler(router, limits.body(), sockets, slow);
        server.setHandler(new GracefulHandler(handler));
        server.setErrorHandler(new ProblemErrorHandler(router.bodies()));
        server.setStopTimeout(LAST_REQUESTS.toMillis());
        try {
            server.start();
        } catch (Exception e) {
            throw new MillwrightException(
                    "cannot listen on %s:%d: %s".formatted(address, port, e.getMessage()), e);
        }
        slow.watch(connector.getScheduler());
        return new HttpListener(server, connector, handler);
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
        threads.setName("web");
        threads.setReservedThreads(0);
        threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("web-"));
        return threads;
    }

    private static ServerConnector connector(Server server, HttpLimits limits, SlowCallers slow) {
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(limits.headers());
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        HttpConnectionFactory http1 = new HttpConnectionFactory(http);
        HTTP2CServerConnectionFactory http2 = new HTTP2CServerConnectionFactory(http);
        // Not of the connector: WebSockets have rules of their own
        http1.addBean(slow);
        http2.addBean(slow);
        ServerConnector connector =
                new ServerConnector(server, null, null, null, 1, 1, http1, http2);
        connector.setIdleTimeout(limits.idle().toMillis());
        connector.setAcceptQueueSize(512);
        return connector;
    }

    public int port() {
        return connector.getLocalPort();
    }

    /// Take no new requests, end live streams, let the others come to their end for a few seconds.
    @Override
    public void close() {
        handler.endStreams();
        try {
            server.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new MillwrightException("the web server did not stop cleanly", e);
        }
    }
}
