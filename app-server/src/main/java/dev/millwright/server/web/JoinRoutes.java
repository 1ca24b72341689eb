package dev.millwright.server.web;

import dev.millwright.api.Page;
import dev.millwright.api.server.NewNodeToken;
import dev.millwright.api.server.NodeTokenRequest;
import dev.millwright.api.server.NodeTokenView;
import dev.millwright.engine.placement.NodeOffer;
import dev.millwright.engine.schema.Durations;
import dev.millwright.model.NodeName;
import dev.millwright.server.access.Access;
import dev.millwright.server.node.Nodes;
import dev.millwright.server.pki.JoinTokens;
import dev.millwright.server.pki.NodeAuthority;
import dev.millwright.server.web.route.Answer;
import dev.millwright.server.web.route.Call;
import dev.millwright.server.web.route.Parameter;
import dev.millwright.server.web.route.ProblemException;
import dev.millwright.server.web.route.ProblemType;
import dev.millwright.server.web.route.Reply;
import dev.millwright.server.web.route.RequestBody;
import dev.millwright.server.web.route.Route;
import dev.millwright.server.web.view.Common;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Which machines may become nodes, and which may be nodes no more.
final class JoinRoutes {
    private static final String TAG = "nodes";
    private static final String TOKENS = "/api/v1/nodes/tokens";
    private static final Parameter ID = Parameter.path("id", "The token's id", "0c64a3e19f2b");

    private final NodeAuthority authority;
    private final Nodes nodes;

    JoinRoutes(NodeAuthority authority, Nodes nodes) {
        this.authority = authority;
        this.nodes = nodes;
    }

    List<Route> routes() {
        return List.of(
                Route.post(
                                TOKENS,
                                Access.ADMIN,
                                TAG,
                                "Make a token with which one machine becomes a node")
                        .takes(
                                RequestBody.json(
                                        NodeTokenRequest.class,
                                        "{\"labels\":{\"zone\":\"lab\"},\"ttl\":\"15m\"}"))
                        .answersSecret()
                        .gives(Reply.json(201, NewNodeToken.class, "The token, this once"))
                        .by(this::create),
                Route.get(TOKENS, Access.ADMIN, TAG, "List tokens that can be used")
                        .gives(
                                Reply.json(
                                        200,
                                        Common.page(NodeTokenView.class),
                                        "All of them, without their secrets"))
                        .by(_ -> Answer.ok(open())),
                Route.delete(TOKENS + "/{id}", Access.ADMIN, TAG, "Take a token back")
                        .with(ID)
                        .gives(Reply.empty(204, "It cannot be used any more"))
                        .by(this::delete),
                Route.delete(
                                "/api/v1/nodes/{name}",
                                Access.ADMIN,
                                TAG,
                                "Take a node's certificates away and cut its connections")
                        .with(Common.NAME)
                        .gives(Reply.empty(204, "The node may not come back"))
                        .by(this::remove));
    }

    private Answer create(Call call) {
        NodeTokenRequest request = call.body(NodeTokenRequest.class);
        Duration life =
                Durations.parse(request.ttl())
                        .orElseThrow(() ->
                                ProblemException.parameter(
                                        "ttl",
                                        "'%s' is not a time; times look like 15m or 2h"
                                                .formatted(request.ttl())));
        JoinTokens.NewToken made =
                authority.tokens().create(request.name(), request.labels(), life, call.by());
        return Answer.json(
                        201,
                        new NewNodeToken(
                                made.token().id(),
                                made.token().expiresAt(),
                                authority.joinLine(made)))
                .with("Cache-Control", "no-store");
    }

    private Page<NodeTokenView> open() {
        return new Page<>(
                authority.tokens().open().stream()
                        .map(token ->
                                new NodeTokenView(
                                        token.id(),
                                        token.node(),
                                        token.labels(),
                                        token.createdBy(),
                                        token.createdAt(),
                                        token.expiresAt()))
                        .toList(),
                null);
    }

    private Answer delete(Call call) {
        String id = call.path("id");
        if (!authority.tokens().delete(id, call.by())) {
            throw ProblemException.of(
                    ProblemType.NOT_FOUND, "there is no token '%s' that can be used".formatted(id));
        }
        return Answer.empty(204);
    }

    private Answer remove(Call call) {
        NodeName name = new NodeName(call.path("name"));
        boolean joined = authority.remove(name, call.by());
        Optional<Nodes.Counted> known = nodes.find(name.value());
        if (!joined && known.isEmpty()) {
            throw Missing.node(nodes, name.value(), "");
        }
        if (!joined && known.get().row().standing() == NodeOffer.Standing.ONLINE) {
            throw ProblemException.of(
                    ProblemType.CONFLICT,
                    "the node '%s' is a server itself and cannot be removed; drain it instead"
                            .formatted(name));
        }
        nodes.remove(name);
        return Answer.empty(204);
    }
}
