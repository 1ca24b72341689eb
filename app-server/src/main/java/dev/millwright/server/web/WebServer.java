package dev.millwright.server.web;

import dev.millwright.model.Loopback;
import dev.millwright.server.web.http.HttpListener;
import dev.millwright.server.web.repeat.RepeatedRequests;
import dev.millwright.server.web.route.Bodies;
import dev.millwright.server.web.route.Guards;
import dev.millwright.server.web.route.RouteTable;
import dev.millwright.server.web.route.Router;

/// The HTTP API on its port. Any thread may close it.
///
/// ```java
/// try (WebServer web = WebServer.open(parts, settings)) {
///     log.info("listening on port {}", web.port());
/// }
/// ```
public final class WebServer implements AutoCloseable {
    private final HttpListener listener;
    private final RouteTable routes;

    private WebServer(HttpListener listener, RouteTable routes) {
        this.listener = listener;
        this.routes = routes;
    }

    /// Answer from now on.
    public static WebServer open(WebDependencies parts, WebSettings settings) {
        Bodies bodies = new Bodies();
        RouteTable routes = ApiRoutes.of(parts, settings.version(), bodies);
        Router router =
                new Router(
                        routes,
                        Guards.of(
                                settings.bindAddress(),
                                Loopback.isReached(settings.bindAddress()),
                                settings.baseUrl()),
                        parts.keys()::check,
                        new RepeatedRequests(parts.database(), bodies),
                        new DomainProblems(),
                        bodies);
        return new WebServer(
                HttpListener.open(
                        settings.bindAddress(), settings.port(), settings.limits(), router),
                routes);
    }

    public int port() {
        return listener.port();
    }

    /// Every route that is answered.
    public RouteTable routes() {
        return routes;
    }

    @Override
    public void close() {
        listener.close();
    }
}
