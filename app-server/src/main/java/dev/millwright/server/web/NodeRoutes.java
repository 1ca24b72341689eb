package dev.millwright.server.web;

import dev.millwright.api.Page;
import dev.millwright.api.server.NodeView;
import dev.millwright.server.access.Access;
import dev.millwright.server.node.Nodes;
import dev.millwright.server.pki.NodeAuthority.Enrolled;
import dev.millwright.server.web.route.Answer;
import dev.millwright.server.web.route.Call;
import dev.millwright.server.web.route.Reply;
import dev.millwright.server.web.route.Route;
import dev.millwright.server.web.view.Common;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/// Nodes: what there is, and whether it takes work.
final class NodeRoutes {
    private static final String TAG = "nodes";

    private final Nodes nodes;
    private final Supplier<List<Enrolled>> enrolled;

    /// @param enrolled the nodes that have joined
    NodeRoutes(Nodes nodes, Supplier<List<Enrolled>> enrolled) {
        this.nodes = nodes;
        this.enrolled = enrolled;
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
        return new Page<>(NodeViews.of(nodes.all(), enrolled.get()), null);
    }

    private Answer decide(Call call, BiConsumer<String, String> decision) {
        String name = call.path("name");
        var _ = require(name);
        decision.accept(name, call.by());
        return Answer.ok(require(name));
    }

    private NodeView require(String name) {
        Nodes.Counted node =
                nodes.find(name)
                        .orElseThrow(() -> Missing.node(nodes, name, " that has connected"));
        return NodeViews.of(
                node,
                enrolled.get().stream()
                        .filter(one -> one.node().value().equals(name))
                        .findFirst()
                        .orElse(null));
    }
}
