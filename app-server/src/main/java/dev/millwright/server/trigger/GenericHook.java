package dev.millwright.server.trigger;

import dev.millwright.engine.expression.ExpressionException;
import dev.millwright.model.Parameters;
import dev.millwright.server.delivery.NewDelivery;
import dev.millwright.server.resource.PipelineSpec;
import dev.millwright.server.resource.Resources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The hook for everything that can sign or send a token: `POST /hooks/generic/{hook}`, where the
/// hook is `NAMESPACE.PIPELINE.HOOK`, or `PIPELINE.HOOK` in the namespace `default`.
///
/// Called from any thread.
public final class GenericHook {
    private static final Logger log = LoggerFactory.getLogger(GenericHook.class);

    private final Resources resources;
    private final HookSettings settings;
    private final SecretReferences secrets;

    private GenericHook(Resources resources, HookSettings settings, SecretReferences secrets) {
        this.resources = resources;
        this.settings = settings;
        this.secrets = secrets;
    }

    public static GenericHook create(
            Resources resources, HookSettings settings, SecretReferences secrets) {
        return new GenericHook(resources, settings, secrets);
    }

    /// A hook and the pipeline that it starts.
    private record Found(String namespace, String pipeline, PipelineSpec.Hook hook) {}

    /// Decide from the request alone what to answer; nothing is stored yet. Whoever has no proof is
    /// not told whether the hook exists.
    public HookDecision decide(HookRequest request) {
        if (request.body().size() > settings.maxBody()) {
            return new HookDecision.TooLarge(settings.maxBody());
        }
        Optional<Found> found = find(request.hook());
        Optional<String> secret =
                found.flatMap(hook -> secrets.resolve(hook.hook().proof().secret()))
                        .filter(value -> !value.isEmpty());
        if (found.isPresent() && secret.isEmpty()) {
            log.warn(
                    "hook {} refuses everybody: its secret {} is not set",
                    request.hook(),
                    found.get().hook().proof().secret());
        }
        if (found.isEmpty()
                || secret.isEmpty()
                || !HookProof.holds(found.get().hook().proof(), secret.get(), request)) {
            return new HookDecision.Unauthorized("");
        }
        Optional<String> broken = HookMapping.problem(request);
        if (broken.isPresent()) {
            return new HookDecision.Bad(broken.get());
        }
        try {
            return new HookDecision.Accept(delivery(found.get(), request));
        } catch (ExpressionException unfit) {
            return new HookDecision.Bad(String.valueOf(unfit.getMessage()));
        }
    }

    private Optional<Found> find(String address) {
        List<String> parts = List.of(address.split("\\.", -1));
        if (parts.size() < 2 || parts.size() > 3) {
            return Optional.empty();
        }
        String namespace = parts.size() == 3 ? parts.getFirst() : Resources.DEFAULT_NAMESPACE;
        String pipeline = parts.get(parts.size() - 2);
        return resources
                .pipeline(namespace, pipeline)
                .flatMap(spec ->
                        spec.hooks().stream()
                                .filter(hook -> hook.name().equals(parts.getLast()))
                                .findFirst())
                .map(hook -> new Found(namespace, pipeline, hook));
    }

    private static NewDelivery delivery(Found found, HookRequest request) {
        Map<String, Object> variables = HookMapping.variables(request);
        // What the condition leaves out need not have what the inputs look for
        Map<String, Object> parameters =
                HookMapping.applies(found.hook(), variables)
                        ? HookMapping.parameters(found.hook(), variables).values()
                        : Map.of("ignore", "the hook's condition is false: " + found.hook().when());
        return new NewDelivery(
                "hook:" + found.namespace() + "." + found.pipeline() + "." + found.hook().name(),
                request.header("Idempotency-Key")
                        .or(() -> request.header("X-Delivery-Id"))
                        .orElse(""),
                found.namespace(),
                found.pipeline(),
                found.hook().event(),
                PlainWebhook.headers(request),
                request.body(),
                new Parameters(parameters));
    }
}
