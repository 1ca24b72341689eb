package dev.millwright.server.web;

import dev.millwright.api.delivery.DeliveryAccepted;
import dev.millwright.model.CrashPoints;
import dev.millwright.server.access.Access;
import dev.millwright.server.delivery.Accepted;
import dev.millwright.server.delivery.Intake;
import dev.millwright.server.delivery.NewDelivery;
import dev.millwright.server.delivery.Payload;
import dev.millwright.server.trigger.GenericHook;
import dev.millwright.server.trigger.HookDecision;
import dev.millwright.server.trigger.HookRequest;
import dev.millwright.server.trigger.PlainWebhook;
import dev.millwright.server.web.route.Answer;
import dev.millwright.server.web.route.Call;
import dev.millwright.server.web.route.Parameter;
import dev.millwright.server.web.route.ProblemException;
import dev.millwright.server.web.route.ProblemType;
import dev.millwright.server.web.route.Reply;
import dev.millwright.server.web.route.RequestBody;
import dev.millwright.server.web.route.Route;
import java.util.List;
import java.util.function.Function;

/// Take webhooks: what is answered with 202 is on disk.
final class HookRoutes {
    private static final String TAG = "hooks";

    private final PlainWebhook webhook;
    private final GenericHook generic;
    private final Intake intake;

    HookRoutes(PlainWebhook webhook, GenericHook generic, Intake intake) {
        this.webhook = webhook;
        this.generic = generic;
        this.intake = intake;
    }

    List<Route> routes() {
        return List.of(
                Route.post(
                                "/webhook",
                                Access.HOOK,
                                TAG,
                                "Start a pipeline; open when it says so, else with a key")
                        .with(
                                Parameter.query("pipeline", "`NAME` or `NAMESPACE/NAME`", "web")
                                        .needed())
                        .withAnyParameters()
                        .takes(RequestBody.anything())
                        .gives(
                                Reply.json(
                                        202, DeliveryAccepted.class, "Stored; the run will begin"),
                                Reply.json(
                                        200,
                                        DeliveryAccepted.class,
                                        "Known already; the same answer"))
                        .by(call -> take(call, "", webhook::decide)),
                Route.post(
                                "/hooks/generic/{hook}",
                                Access.HOOK,
                                TAG,
                                "Send anything to a pipeline's hook, with the hook's own proof")
                        .with(
                                Parameter.path(
                                        "hook", "`NAMESPACE.PIPELINE.HOOK`", "default.web.alerts"))
                        .withAnyParameters()
                        .takes(RequestBody.anything())
                        .gives(
                                Reply.json(
                                        202, DeliveryAccepted.class, "Stored; the run will begin"),
                                Reply.json(
                                        200,
                                        DeliveryAccepted.class,
                                        "Known already; the same answer"))
                        .by(call -> take(call, call.path("hook"), generic::decide)));
    }

    private Answer take(Call call, String hook, Function<HookRequest, HookDecision> trigger) {
        HookRequest request =
                new HookRequest(
                        hook,
                        call.allQuery(),
                        call.allHeaders(),
                        Payload.of(call.body(webhook.maxBody())),
                        call.caller().map(c -> c.role().allows(Access.OPERATE)).orElse(false));
        return switch (trigger.apply(request)) {
            case HookDecision.Accept(NewDelivery delivery) -> store(delivery);
            case HookDecision.Unauthorized(String hint) ->
                    throw ProblemException.of(ProblemType.UNAUTHORIZED, hint)
                            .withHeader("WWW-Authenticate", "Bearer");
            case HookDecision.NotFound(String reason) ->
                    throw ProblemException.of(ProblemType.NOT_FOUND, reason);
            case HookDecision.Bad(String reason) ->
                    throw ProblemException.of(ProblemType.INVALID_REQUEST, reason);
            case HookDecision.TooLarge(long limit) ->
                    throw ProblemException.of(
                            ProblemType.TOO_LARGE,
                            "bodies may have %d bytes at most".formatted(limit));
        };
    }

    private Answer store(NewDelivery delivery) {
        CrashPoints.hit("K01");
        Accepted accepted = intake.accept(delivery);
        CrashPoints.hit("K02");
        return DeliveryRoutes.accepted(accepted.duplicate() ? 200 : 202, accepted);
    }
}
