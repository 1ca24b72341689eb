package dev.millwright.server.web;

import dev.millwright.api.delivery.DeliveryAccepted;
import dev.millwright.model.CrashPoints;
import dev.millwright.model.Payload;
import dev.millwright.server.access.Access;
import dev.millwright.server.delivery.Accepted;
import dev.millwright.server.delivery.Delivery;
import dev.millwright.server.delivery.Intake;
import dev.millwright.server.delivery.NewDelivery;
import dev.millwright.server.delivery.Verdict;
import dev.millwright.server.resource.PipelineSpec;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.trigger.HookDecision;
import dev.millwright.server.trigger.HookRequest;
import dev.millwright.server.trigger.PlainWebhook;
import dev.millwright.server.trigger.TriggerHooks;
import dev.millwright.server.trigger.TriggerMeaning;
import dev.millwright.server.web.route.Answer;
import dev.millwright.server.web.route.Call;
import dev.millwright.server.web.route.Parameter;
import dev.millwright.server.web.route.ProblemException;
import dev.millwright.server.web.route.ProblemType;
import dev.millwright.server.web.route.Reply;
import dev.millwright.server.web.route.RequestBody;
import dev.millwright.server.web.route.Route;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Take webhooks: what is answered with 202 is on disk.
final class HookRoutes {
    private static final String TAG = "hooks";
    private static final Reply STORED =
            Reply.json(
                    202,
                    DeliveryAccepted.class,
                    "Stored; tells whether a run is to begin, as far as that is known");
    private static final Reply KNOWN =
            Reply.json(200, DeliveryAccepted.class, "Known already; the same answer");

    private final PlainWebhook webhook;
    private final TriggerHooks triggers;
    private final Resources resources;
    private final Intake intake;
    private final TriggerMeaning meanings;

    HookRoutes(PlainWebhook webhook, TriggerHooks triggers, Resources resources, Intake intake) {
        this.meanings = TriggerMeaning.create(triggers);
        this.webhook = webhook;
        this.triggers = triggers;
        this.resources = resources;
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
                        .gives(STORED, KNOWN)
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
                        .gives(STORED, KNOWN)
                        .by(call -> hook(call, PipelineSpec.GENERIC)),
                Route.post(
                                "/hooks/{type}/{hook}",
                                Access.HOOK,
                                TAG,
                                "Send a webhook to a pipeline's hook that a plugin understands")
                        .with(
                                Parameter.path(
                                        "type", "The kind of the trigger in the plugin", "github"))
                        .with(
                                Parameter.path(
                                        "hook", "`NAMESPACE.PIPELINE.HOOK`", "default.web.push"))
                        .withAnyParameters()
                        .takes(RequestBody.anything())
                        .gives(STORED, KNOWN)
                        .by(call -> hook(call, call.path("type"))));
    }

    private Answer hook(Call call, String type) {
        return take(call, call.path("hook"), request -> triggers.decide(type, request, resources));
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
            case HookDecision.Unproven(String hint) ->
                    throw ProblemException.of(ProblemType.HOOK_UNPROVEN, hint)
                            .withHeader("WWW-Authenticate", "Bearer");
            case HookDecision.NotFound(String reason) ->
                    throw ProblemException.of(ProblemType.NOT_FOUND, reason);
            case HookDecision.Bad(String reason) ->
                    throw ProblemException.of(ProblemType.INVALID_REQUEST, reason);
            case HookDecision.Refused(int status, String reason) ->
                    throw ProblemException.of(ProblemType.ofStatus(status), reason);
            case HookDecision.Broken() ->
                    throw ProblemException.of(
                            ProblemType.INTERNAL, "the hook's trigger failed; the log tells more");
            case HookDecision.Unavailable(String reason) ->
                    throw ProblemException.of(ProblemType.UNAVAILABLE, reason)
                            .withHeader("Retry-After", "5");
            case HookDecision.TooLarge(long limit) ->
                    throw ProblemException.of(
                            ProblemType.TOO_LARGE,
                            "bodies may have %d bytes at most".formatted(limit));
        };
    }

    private Optional<Verdict> foresee(Delivery delivery) {
        return resources
                .pipeline(delivery.namespace(), delivery.pipeline())
                .flatMap(pipeline -> meanings.foresee(delivery, pipeline));
    }

    private Answer store(NewDelivery delivery) {
        CrashPoints.hit("K01");
        Accepted accepted = intake.accept(delivery, this::foresee);
        CrashPoints.hit("K02");
        return DeliveryRoutes.accepted(accepted.duplicate() ? 200 : 202, accepted);
    }
}
