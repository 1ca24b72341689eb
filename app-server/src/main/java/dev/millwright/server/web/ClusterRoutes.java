package dev.millwright.server.web;

import dev.millwright.api.Page;
import dev.millwright.api.server.ServerView;
import dev.millwright.server.access.Access;
import dev.millwright.server.cluster.ServerRecord;
import dev.millwright.server.cluster.Servers;
import dev.millwright.server.web.route.Answer;
import dev.millwright.server.web.route.Reply;
import dev.millwright.server.web.route.Route;
import dev.millwright.server.web.view.Common;
import java.util.List;

/// The servers that share the database.
final class ClusterRoutes {
    private final Servers servers;
    private final boolean isShared;

    /// @param isShared whether others may be there, so that servers tell that they live
    ClusterRoutes(Servers servers, boolean isShared) {
        this.servers = servers;
        this.isShared = isShared;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/servers", Access.VIEW, "server", "List servers")
                        .gives(Reply.json(200, Common.page(ServerView.class), "All servers"))
                        .by(_ -> Answer.ok(all())));
    }

    private Page<ServerView> all() {
        return new Page<>(servers.all().stream().map(this::view).toList(), null);
    }

    private ServerView view(ServerRecord server) {
        return new ServerView(
                server.id().toString(),
                server.name(),
                server.lost() ? "lost" : "online",
                server.id().equals(servers.self().id()),
                server.nodeName(),
                server.address(),
                server.linkAddress().isEmpty() ? null : server.linkAddress(),
                server.version(),
                server.startedAt(),
                isShared ? server.seenAt() : null);
    }
}
