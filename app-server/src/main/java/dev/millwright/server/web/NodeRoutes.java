package dev.millwright.server.web;

import dev.millwright.api.Page;
import dev.millwright.api.server.NodeView;
import dev.millwright.server.access.Access;
import dev.millwright.server.node.NodeProfile;
import dev.millwright.server.node.NodeRow;
import dev.millwright.server.node.Nodes;
import dev.millwright.server.web.route.Answer;
import dev.millwright.server.web.route.Call;
import dev.millwright.server.web.route.ProblemException;
import dev.millwright.server.web.route.ProblemType;
import dev.millwright.server.web.route.Reply;
import dev.millwright.server.web.route.Route;
import dev.millwright.server.web.view.Common;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/// Nodes: what there is, and whether it takes work.
final class NodeRoutes {
    private static final String TAG = "nodes";

    private final Nodes nodes;

    NodeRoutes(Nodes nodes) {
        this.nodes = nodes;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/nodes", Access.VIEW, TAG, "List nodes")
                        .gives(Reply.json(200, Common.page(NodeView.class), "All nodes"))
                        .by(_ -> Answer.ok(all())),
                Route.post(
                                "/api/v1/nodes/{name}/drain",
                                Access.ADMIN,
                                TAG,
                                "Give a node nothing new; what it has goes on")
                        .with(Common.NAME)
                        .gives(Reply.json(200, NodeView.class, "The node"))
                        .by(call -> decide(call, nodes::drain)),
                Route.post(
                                "/api/v1/nodes/{name}/resume",
                                Access.ADMIN,
                                TAG,
                                "Let a drained node take work again")
                        .with(Common.NAME)
                        .gives(Reply.json(200, NodeView.class, "The node"))
                        .by(call -> decide(call, nodes::resume)));
    }

    private Page<NodeView> all() {
        return new Page<>(nodes.all().stream().map(NodeRoutes::view).toList(), null);
    }

    private Answer decide(Call call, BiConsumer<String, String> decision) {
        String name = call.path("name");
        require(name);
        decision.accept(name, call.by());
        return Answer.ok(view(require(name)));
    }

    private Nodes.Counted require(String name) {
        return nodes.find(name)
                .orElseThrow(() ->
                        ProblemException.of(
                                ProblemType.NOT_FOUND, "there is no node '%s'".formatted(name)));
    }

    private static NodeView view(Nodes.Counted counted) {
        NodeRow node = counted.row();
        NodeProfile profile = node.profile();
        return new NodeView(
                node.name(),
                node.shown().name().toLowerCase(Locale.ROOT),
                profile.slots(),
                counted.busy(),
                profile.runners().stream().sorted().toList(),
                profile.labels(),
                profile.facts(),
                profile.version(),
                node.seenAt(),
                counted.refusal());
    }
}
