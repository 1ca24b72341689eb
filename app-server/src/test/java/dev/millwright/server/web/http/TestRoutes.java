package dev.millwright.server.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millwright.api.run.ApprovalRequest;
import dev.millwright.api.run.StartRunRequest;
import dev.millwright.api.server.HealthView;
import dev.millwright.server.access.Access;
import dev.millwright.server.web.route.Answer;
import dev.millwright.server.web.route.Call;
import dev.millwright.server.web.route.Parameter;
import dev.millwright.server.web.route.Reply;
import dev.millwright.server.web.route.RequestBody;
import dev.millwright.server.web.route.Route;
import dev.millwright.server.web.route.RouteTable;
import java.util.List;
import java.util.Map;

/// A route of every kind.
final class TestRoutes {
    private TestRoutes() {}

    static RouteTable table() {
        return RouteTable.of(
                List.of(
                        Route.get("/open", Access.OPEN, "t", "Open")
                                .gives(Reply.json(200, HealthView.class, "Well"))
                                .by(_ -> Answer.ok(HealthView.OK).with("ETag", "\"7\"")),
                        Route.get("/items/{id}", Access.VIEW, "t", "Item")
                                .with(Parameter.number("limit", "How many", 5, 1, 500))
                                .with(Parameter.choice("stream", "Which", List.of("out", "err")))
                                .gives(Reply.json(200, Map.class, "Item"))
                                .by(TestRoutes::item),
                        Route.post("/items/{path...}/approve", Access.OPERATE, "t", "Yes")
                                .takes(RequestBody.json(ApprovalRequest.class, "{}"))
                                .gives(Reply.json(200, Map.class, "Yes"))
                                .by(TestRoutes::approve),
                        Route.post("/start", Access.ADMIN, "t", "Start")
                                .takes(RequestBody.json(StartRunRequest.class, "{}"))
                                .gives(Reply.json(200, Map.class, "Inputs"))
                                .by(call -> Answer.ok(call.body(StartRunRequest.class).inputs())),
                        Route.post("/hook", Access.HOOK, "t", "Hook")
                                .withAnyParameters()
                                .takes(RequestBody.anything())
                                .gives(Reply.json(200, Map.class, "Size"))
                                .by(call -> Answer.ok(Map.of("size", call.body().length))),
                        Route.get("/broken", Access.OPEN, "t", "Broken")
                                .gives(Reply.json(200, Map.class, "Never"))
                                .by(_ -> {
                                    throw new IllegalStateException("secret insides");
                                }),
                        Route.get("/ticks", Access.OPEN, "t", "Ticks")
                                .gives(Reply.text(200, Reply.EVENTS, "For ever"))
                                .by(_ -> ticks())));
    }

    private static Answer item(Call call) {
        return Answer.ok(Map.of("id", call.path("id"), "limit", call.number("limit")));
    }

    private static Answer approve(Call call) {
        boolean yes = call.body(ApprovalRequest.class).approved();
        return Answer.ok(Map.of("path", call.path("path"), "yes", yes));
    }

    private static Answer ticks() {
        return Answer.streamed(
                Reply.EVENTS,
                out -> {
                    for (int i = 0; ; i++) {
                        out.write(("data: " + i + "\n\n").getBytes(UTF_8));
                        out.flush();
                    }
                });
    }
}
