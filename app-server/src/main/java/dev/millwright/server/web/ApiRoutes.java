package dev.millwright.server.web;

import dev.millwright.server.access.Access;
import dev.millwright.server.plugin.MissingPlugins;
import dev.millwright.server.web.live.LiveStreams;
import dev.millwright.server.web.openapi.OpenApi;
import dev.millwright.server.web.route.Answer;
import dev.millwright.server.web.route.Bodies;
import dev.millwright.server.web.route.Reply;
import dev.millwright.server.web.route.Route;
import dev.millwright.server.web.route.RouteTable;
import java.util.ArrayList;
import java.util.List;

/// Puts the route table together.
final class ApiRoutes {
    private ApiRoutes() {}

    static RouteTable of(WebDependencies parts, String version, Bodies bodies) {
        AwaitedRuns awaited = new AwaitedRuns(parts.database(), parts.runs(), parts.feed());
        LiveStreams live =
                new LiveStreams(
                        parts.runs(),
                        parts.journal(),
                        parts.feed(),
                        parts.logs(),
                        awaited::isAwaited,
                        bodies);
        List<Route> routes = new ArrayList<>();
        routes.addAll(new ServerRoutes(parts, version).routes());
        routes.addAll(new ClusterRoutes(parts.servers(), !parts.database().isH2()).routes());
        routes.addAll(new NodeRoutes(parts.nodes(), parts.authority()::enrolled).routes());
        routes.addAll(new PluginRoutes(parts.plugins()).routes());
        routes.addAll(new JoinRoutes(parts.authority(), parts.nodes()).routes());
        routes.addAll(
                new HookRoutes(
                                parts.webhook(),
                                parts.triggerHooks(),
                                parts.resources(),
                                parts.intake())
                        .routes());
        routes.addAll(
                new RunRoutes(
                                parts.runs(),
                                awaited,
                                parts.resources(),
                                parts.intake(),
                                parts.clock())
                        .routes());
        routes.addAll(new ResultRoutes(awaited, parts.telemetry()).routes());
        routes.addAll(new OtlpRoutes(parts.telemetry()).routes());
        routes.addAll(new LogRoutes(awaited, parts.logs(), live).routes());
        routes.addAll(
                new EventRoutes(parts.journal(), parts.feed(), parts.runs(), awaited, live)
                        .routes());
        routes.addAll(new ResourceRoutes(parts.resources()).routes());
        routes.addAll(
                new DocumentRoutes(
                                parts.resources(), new MissingPlugins(parts.plugins().extensions()))
                        .routes());
        routes.addAll(new DeliveryRoutes(parts.deliveries()).routes());
        routes.addAll(new PollRoutes(parts.polls()).routes());
        routes.addAll(new BadgeRoutes(parts.runs(), parts.resources()).routes());
        OpenApi document = new OpenApi(version);
        routes.add(
                Route.get(
                                "/api/v1/openapi.json",
                                Access.VIEW,
                                "server",
                                "Give this description of the API")
                        .gives(Reply.text(200, Reply.JSON, "An OpenAPI 3.1 document"))
                        .by(_ -> Answer.text(Reply.JSON, document.of(routes))));
        return RouteTable.of(routes);
    }
}
