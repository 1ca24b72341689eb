package dev.millwright.server.trigger;

import dev.millwright.model.Parameters;
import dev.millwright.model.RunId;
import dev.millwright.server.delivery.Delivery;
import dev.millwright.server.resource.PipelineSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tells what a stored delivery asks for. What cannot be understood becomes a visible rejection.
///
/// Called from any thread; the same delivery may be asked about more than once.
public final class TriggerMeaning {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{4,64}");
    private static final Set<String> BY_HAND = Set.of("manual", "api");

    private TriggerMeaning() {}

    public static TriggerMeaning create() {
        return new TriggerMeaning();
    }

    /// What to do about the delivery.
    public Meaning of(Delivery delivery, PipelineSpec pipeline) {
        if (pipeline.suspend() && !BY_HAND.contains(delivery.event())) {
            return new Meaning.Ignore("the pipeline is suspended");
        }
        Parameters given = delivery.parameters();
        Optional<String> ignored = given.text("ignore");
        if (ignored.isPresent()) {
            return new Meaning.Ignore(ignored.get());
        }
        Optional<PushBody> push = PushBody.of(delivery.body());
        @Nullable String ref = given.text("ref").or(() -> push.flatMap(PushBody::ref)).orElse(null);
        @Nullable String commit =
                given.text("commit").or(() -> push.flatMap(PushBody::commit)).orElse(null);
        if (push.filter(PushBody::isDeletion).isPresent()) {
            return new Meaning.Ignore("the ref was deleted");
        }
        if (commit != null && !COMMIT.matcher(commit).matches()) {
            return new Meaning.Reject("'%s' is not a commit hash".formatted(commit));
        }
        if (ref != null && !isRef(ref)) {
            return new Meaning.Reject("'%s' is not a name for a branch or tag".formatted(ref));
        }
        return new Meaning.Start(
                delivery.event(), ref, commit, inputs(given), cause(delivery), replaced(given));
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

    private static String cause(Delivery delivery) {
        String by = delivery.parameters().text("by").orElse("");
        String kind = delivery.source().replaceFirst(":.*", "");
        String what =
                switch (kind) {
                    case "webhook" -> "webhook";
                    case "hook" -> "hook " + delivery.source().replaceFirst("^hook:", "");
                    case "cron" -> "schedule " + delivery.source().replaceFirst("^.*/", "");
                    case "api" -> "API";
                    default -> delivery.source();
                };
        String again = delivery.redeliveryOf().isPresent() ? " (redelivered)" : "";
        return by.isEmpty() ? what + again : what + again + " by " + by;
    }
}
