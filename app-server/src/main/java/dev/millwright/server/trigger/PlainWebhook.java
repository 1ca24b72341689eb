package dev.millwright.server.trigger;

import dev.millwright.engine.schema.Forms;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.webhook.StoredDelivery;
import dev.millwright.server.delivery.NewDelivery;
import dev.millwright.server.resource.PipelineSpec;
import dev.millwright.server.resource.Resources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The hook for scripts: `POST /webhook?pipeline=[NAMESPACE/]NAME`.
///
/// `event` (default `push`), `ref`, `branch`, `tag`, `commit` and `input.NAME` may follow. A
/// request with `X-Delivery-Id` or `Idempotency-Key` that came before starts nothing new.
///
/// Called from any thread.
public final class PlainWebhook {
    private static final String INPUT = "input.";
    private static final Set<String> KNOWN =
            Set.of("pipeline", "namespace", "event", "ref", "branch", "tag", "commit");

    private final Resources resources;
    private final HookSettings settings;

    private PlainWebhook(Resources resources, HookSettings settings) {
        this.resources = resources;
        this.settings = settings;
    }

    public static PlainWebhook create(Resources resources, HookSettings settings) {
        return new PlainWebhook(resources, settings);
    }

    /// How many bytes a request to a hook may have.
    public int maxBody() {
        return Math.toIntExact(Math.min(settings.maxBody(), Integer.MAX_VALUE - 1L));
    }

    /// Decide from the request alone what to answer; nothing is stored yet.
    public HookDecision decide(HookRequest request) {
        if (request.body().size() > settings.maxBody()) {
            return new HookDecision.TooLarge(settings.maxBody());
        }
        Optional<String> asked = request.parameter("pipeline").filter(name -> !name.isBlank());
        if (asked.isEmpty()) {
            return new HookDecision.Bad(
                    "the parameter 'pipeline' is missing: /webhook?pipeline=NAME");
        }
        Optional<String> unknown =
                request.query().keySet().stream()
                        .filter(name -> !KNOWN.contains(name) && !name.startsWith(INPUT))
                        .sorted()
                        .findFirst();
        if (unknown.isPresent()) {
            return new HookDecision.Bad(
                    "unknown parameter '%s'; known are %s and input.NAME"
                            .formatted(
                                    unknown.get(),
                                    String.join(", ", KNOWN.stream().sorted().toList())));
        }
        String event = request.parameter("event").orElse("push");
        if (!Forms.EVENTS.contains(event)) {
            return new HookDecision.Bad(
                    "unknown event '%s'; known are %s"
                            .formatted(event, String.join(", ", Forms.EVENTS)));
        }
        int slash = asked.get().indexOf('/');
        String namespace =
                slash < 0
                        ? request.parameter("namespace").orElse(Resources.DEFAULT_NAMESPACE)
                        : asked.get().substring(0, slash);
        String name = asked.get().substring(slash + 1);
        Optional<PipelineSpec> pipeline = resources.pipeline(namespace, name);
        boolean open = pipeline.map(PipelineSpec::webhookOpen).orElse(false);
        if (pipeline.isEmpty()) {
            return new HookDecision.NotFound(
                    "there is no pipeline '%s' in namespace '%s'".formatted(name, namespace));
        }
        if (!open && !request.hasKey()) {
            return new HookDecision.Unauthorized(
                    "send a key, or let the pipeline say 'webhook: {open: true}'");
        }
        Optional<String> broken =
                HookMapping.problem(request.header("Content-Type"), request.body());
        if (broken.isPresent()) {
            return new HookDecision.Bad(broken.get());
        }
        return new HookDecision.Accept(
                new NewDelivery(
                        "webhook:" + namespace + "/" + name,
                        request.header("X-Delivery-Id")
                                .or(() -> request.header("Idempotency-Key"))
                                .orElse(""),
                        namespace,
                        name,
                        event,
                        headers(request.headers()),
                        request.body(),
                        parameters(request)));
    }

    /// Headers as they are stored.
    ///
    /// @param received names in lower case
    static Map<String, String> headers(Map<String, List<String>> received) {
        Map<String, String> kept = new TreeMap<>();
        received.forEach((name, values) -> {
            if (!StoredDelivery.isCredential(name)) {
                kept.put(name, String.join(", ", values));
            }
        });
        return kept;
    }

    private static Parameters parameters(HookRequest request) {
        Map<String, Object> values = new LinkedHashMap<>();
        request.parameter("ref").ifPresent(ref -> values.put("ref", ref));
        request.parameter("branch").ifPresent(name -> values.put("ref", "refs/heads/" + name));
        request.parameter("tag").ifPresent(name -> values.put("ref", "refs/tags/" + name));
        request.parameter("commit").ifPresent(commit -> values.put("commit", commit));
        Map<String, Object> inputs = new LinkedHashMap<>();
        request.query()
                .forEach((name, given) -> {
                    if (name.startsWith(INPUT)) {
                        inputs.put(name.substring(INPUT.length()), first(given));
                    }
                });
        if (!inputs.isEmpty()) {
            values.put("inputs", inputs);
        }
        return new Parameters(values);
    }

    private static String first(List<String> values) {
        return values.isEmpty() ? "" : values.getFirst();
    }
}
