package dev.millwright.server.trigger;

import dev.millwright.host.call.BoundWebhook;
import dev.millwright.host.use.PluginCallException;
import dev.millwright.model.Parameters;
import dev.millwright.model.RunId;
import dev.millwright.plugin.trigger.RunRequest;
import dev.millwright.plugin.webhook.Interpretation;
import dev.millwright.server.delivery.Delivery;
import dev.millwright.server.delivery.DeliveryStatus;
import dev.millwright.server.delivery.Verdict;
import dev.millwright.server.resource.PipelineSpec;
import dev.millwright.server.secret.SecretsUnavailableException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells what a stored delivery asks for. What cannot be understood becomes a visible rejection.
///
/// Called from any thread; the same delivery may be asked about more than once.
public final class TriggerMeaning {
    private static final Logger log = LoggerFactory.getLogger(TriggerMeaning.class);
    private static final Duration WHILE_THE_SENDER_WAITS = Duration.ofSeconds(2);
    private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{4,64}");
    private static final Set<String> BY_HAND = Set.of("manual", "api");

    private final TriggerHooks hooks;

    private TriggerMeaning(TriggerHooks hooks) {
        this.hooks = hooks;
    }

    public static TriggerMeaning create(TriggerHooks hooks) {
        return new TriggerMeaning(hooks);
    }

    /// What is known before the delivery is stored, so that its sender hears it. Whether a run
    /// begins is known only when the pipeline has been read, too.
    ///
    /// @return empty when it may start a run, or when its trigger cannot tell now
    public Optional<Verdict> foresee(Delivery delivery, PipelineSpec pipeline) {
        try {
            return switch (of(delivery, pipeline, WHILE_THE_SENDER_WAITS)) {
                case Meaning.Ignore(String reason) ->
                        Optional.of(new Verdict(DeliveryStatus.IGNORED, reason));
                case Meaning.Reject(String reason) ->
                        Optional.of(new Verdict(DeliveryStatus.REJECTED, reason));
                case Meaning.Start _, Meaning.Several _ -> Optional.empty();
            };
        } catch (PluginCallException | SecretsUnavailableException later) {
            log.debug("{} cannot tell yet: {}", delivery.source(), later.getMessage());
            return Optional.empty();
        }
    }

    /// What to do about the delivery.
    public Meaning of(Delivery delivery, PipelineSpec pipeline) {
        return of(delivery, pipeline, BoundWebhook.IN_A_JOB);
    }

    /// @param patience how long a trigger of a plugin may take
    private Meaning of(Delivery delivery, PipelineSpec pipeline, Duration patience) {
        if (pipeline.suspend() && !BY_HAND.contains(delivery.event())) {
            return new Meaning.Ignore("the pipeline is suspended");
        }
        Parameters given = delivery.parameters();
        Optional<String> ignored = given.text("ignore");
        if (ignored.isPresent()) {
            return new Meaning.Ignore(ignored.get());
        }
        Optional<RunRequest> asked = RunRequests.of(given);
        if (asked.isPresent()) {
            return start(delivery, asked.get());
        }
        Optional<Interpretation> told = hooks.interpret(delivery, pipeline, patience);
        if (told.isPresent()) {
            return of(delivery, told.get());
        }
        Optional<PushBody> push = PushBody.of(delivery.body());
        @Nullable String ref = given.text("ref").or(() -> push.flatMap(PushBody::ref)).orElse(null);
        @Nullable String commit =
                given.text("commit").or(() -> push.flatMap(PushBody::commit)).orElse(null);
        if (push.filter(PushBody::isDeletion).isPresent()) {
            return new Meaning.Ignore("the ref was deleted");
        }
        return problem(ref, commit)
                .<Meaning>map(Meaning.Reject::new)
                .orElseGet(() ->
                        new Meaning.Start(
                                delivery.event(),
                                ref,
                                commit,
                                inputs(given),
                                cause(delivery, given.text("by").orElse("")),
                                replaced(given),
                                null));
    }

    private static Meaning of(Delivery delivery, Interpretation told) {
        return switch (told) {
            case Interpretation.Ignored(String reason) -> new Meaning.Ignore(reason);
            case Interpretation.Rejected(String reason) -> new Meaning.Reject(reason);
            case Interpretation.Runs(List<RunRequest> requests) ->
                    start(delivery, requests.getFirst()) instanceof Meaning.Start first
                                    && requests.size() > 1
                            ? new Meaning.Several(
                                    first,
                                    requests.stream().skip(1).map(RunRequests::stored).toList())
                            : start(delivery, requests.getFirst());
        };
    }

    private static Meaning start(Delivery delivery, RunRequest request) {
        @Nullable String ref = request.ref().isEmpty() ? null : request.ref();
        @Nullable String commit = request.commit().isEmpty() ? null : request.commit();
        String by = delivery.parameters().text("by").orElse(request.sender());
        return problem(ref, commit)
                .<Meaning>map(Meaning.Reject::new)
                .orElseGet(() ->
                        new Meaning.Start(
                                request.event(),
                                ref,
                                commit,
                                request.inputs(),
                                cause(delivery, by),
                                List.of(),
                                request));
    }

    private static Optional<String> problem(@Nullable String ref, @Nullable String commit) {
        if (commit != null && !COMMIT.matcher(commit).matches()) {
            return Optional.of("'%s' is not a commit hash".formatted(commit));
        }
        return ref == null || isRef(ref)
                ? Optional.empty()
                : Optional.of("'%s' is not a name for a branch or tag".formatted(ref));
    }

    private static boolean isRef(String ref) {
        return !ref.isBlank()
                && !ref.startsWith("-")
                && !ref.contains("..")
                && ref.chars().allMatch(c -> c > ' ' && c != 0x7f && "~^:?*[\\".indexOf(c) < 0);
    }

    private static Map<String, String> inputs(Parameters given) {
        Map<String, String> inputs = new LinkedHashMap<>();
        if (given.values().get("inputs") instanceof Map<?, ?> map) {
            map.forEach((name, value) -> inputs.put(String.valueOf(name), String.valueOf(value)));
        }
        return inputs;
    }

    /// A schedule that replaces its run names the run to cancel.
    private static List<RunId> replaced(Parameters given) {
        return given.texts("replaces").stream().map(RunId::parse).toList();
    }

    private static String cause(Delivery delivery, String by) {
        String kind = delivery.source().replaceFirst(":.*", "");
        String what =
                switch (kind) {
                    case "webhook" -> "webhook";
                    case "hook" -> "hook " + delivery.source().replaceFirst("^hook:", "");
                    case "cron" -> "schedule " + delivery.source().replaceFirst("^.*/", "");
                    case "poll" -> "poll " + delivery.source().replaceFirst("^.*/", "");
                    case "api" -> "API";
                    default -> delivery.source();
                };
        String again = delivery.redeliveryOf().isPresent() ? " (redelivered)" : "";
        return by.isEmpty() ? what + again : what + again + " by " + by;
    }
}
