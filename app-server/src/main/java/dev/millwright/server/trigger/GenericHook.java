package dev.millwright.server.trigger;

import dev.millwright.engine.expression.ExpressionException;
import dev.millwright.model.Payload;
import dev.millwright.plugin.Default;
import dev.millwright.plugin.Describe;
import dev.millwright.plugin.Secret;
import dev.millwright.plugin.trigger.RunRequest;
import dev.millwright.plugin.webhook.Interpretation;
import dev.millwright.plugin.webhook.StoredDelivery;
import dev.millwright.plugin.webhook.Verification;
import dev.millwright.plugin.webhook.WebhookRequest;
import dev.millwright.plugin.webhook.WebhookTrigger;
import dev.millwright.server.resource.PipelineSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The trigger that is built in, for everything that can sign or send a token: `POST
/// /hooks/generic/{hook}`. It maps body, headers and query to a run, as expressions say.
///
/// Called from any thread.
public final class GenericHook implements WebhookTrigger<GenericHook.Settings> {

    /// What stands in a hook without a `type`, beside its name.
    ///
    /// @param when CEL over `body`, `headers`, `query`; false ignores the delivery; empty for
    ///   always
    /// @param inputs CEL per input
    /// @param ref CEL; empty for what the body of a push says
    /// @param commit CEL; empty for what the body of a push says
    public record Settings(
            @Describe("An HMAC-SHA256 over the raw body proves the caller.") Optional<Hmac> hmac,
            @Describe("A token proves the caller.") Optional<Bearer> bearer,
            @Default("webhook") String event,
            @Default("") String when,
            Map<String, String> inputs,
            @Default("") String ref,
            @Default("") String commit) {
        public Settings {
            if (hmac.isPresent() == bearer.isPresent()) {
                throw new IllegalArgumentException("a hook has either 'hmac' or 'bearer'");
            }
        }
    }

    /// HMAC-SHA256 over the raw body, as hex or base64 after the prefix.
    public record Hmac(
            Secret secret, @Default("X-Signature") String header, @Default("") String prefix) {}

    /// `Authorization: Bearer SECRET`.
    public record Bearer(Secret secret) {}

    @Override
    public String kind() {
        return PipelineSpec.GENERIC;
    }

    @Override
    public Class<Settings> configuration() {
        return Settings.class;
    }

    /// A body that does not fit the mapping is refused here, while its sender is still there to
    /// hear of it.
    @Override
    public Verification verify(WebhookRequest request, Settings hook) {
        if (!HookProof.holds(hook, request)) {
            return Verification.refused();
        }
        Optional<String> broken =
                HookMapping.problem(request.header("Content-Type"), request.body());
        if (broken.isPresent()) {
            return new Verification.Refused(400, broken.get());
        }
        Map<String, String> query = new LinkedHashMap<>();
        request.query().forEach((name, values) -> query.put(name, String.join(",", values)));
        try {
            var _ = meaning(PlainWebhook.headers(request.headers()), query, request.body(), hook);
        } catch (ExpressionException unfit) {
            return new Verification.Refused(400, String.valueOf(unfit.getMessage()));
        }
        return new Verification.Accepted(
                request.header("Idempotency-Key")
                        .or(() -> request.header("X-Delivery-Id"))
                        .orElse(""),
                hook.event());
    }

    @Override
    public Interpretation interpret(StoredDelivery delivery, Settings hook) {
        try {
            return meaning(delivery.headers(), delivery.query(), delivery.body(), hook);
        } catch (ExpressionException unfit) {
            // The hook was changed in the meantime
            return new Interpretation.Rejected(String.valueOf(unfit.getMessage()));
        }
    }

    private static Interpretation meaning(
            Map<String, String> headers, Map<String, String> query, Payload body, Settings hook) {
        Map<String, Object> variables = HookMapping.variables(headers, query, body);
        // What the condition leaves out need not have what the inputs look for
        if (!HookMapping.applies(hook, variables)) {
            return new Interpretation.Ignored("the hook's condition is false: " + hook.when());
        }
        Optional<PushBody> push = PushBody.of(body);
        RunRequest request =
                RunRequest.of(hook.event())
                        .ref(
                                HookMapping.value(hook.ref(), variables)
                                        .or(() -> push.flatMap(PushBody::ref))
                                        .orElse(""))
                        .commit(
                                HookMapping.value(hook.commit(), variables)
                                        .or(() -> push.flatMap(PushBody::commit))
                                        .orElse(""))
                        .inputs(HookMapping.inputs(hook, variables))
                        .oncePerCommit(false)
                        .build();
        return push.filter(PushBody::isDeletion).isPresent()
                ? new Interpretation.Ignored("the ref was deleted")
                : Interpretation.run(request);
    }
}
