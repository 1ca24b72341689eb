package dev.millwright.forges;

import dev.millwright.forgekit.hook.HookRules;
import dev.millwright.forgekit.hook.Refs;
import dev.millwright.forgekit.payload.JsonObject;
import dev.millwright.forgekit.payload.PayloadException;
import dev.millwright.plugin.webhook.Interpretation;
import dev.millwright.plugin.webhook.StoredDelivery;
import dev.millwright.plugin.webhook.Verification;
import dev.millwright.plugin.webhook.WebhookRequest;
import dev.millwright.plugin.webhook.WebhookTrigger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the triggers of all forges have in common: the order of questions, and requests by hand.
///
/// Usable from any thread; keeps nothing between calls.
public abstract class ForgeTrigger implements WebhookTrigger<ForgeHook> {
    /// No forge sends this; a person or a script that has the secret may.
    private static final String BY_HAND = "manual";

    @Override
    public final Class<ForgeHook> configuration() {
        return ForgeHook.class;
    }

    /// Whether the request proves where it comes from.
    protected abstract boolean isProven(WebhookRequest request, ForgeHook hook);

    /// The headers with the name of the event; the first that is there counts.
    protected abstract List<String> eventHeaders();

    /// The headers with the forge's own id of the delivery; the first that is there counts.
    protected abstract List<String> idHeaders();

    /// What an event asks for. Throws [PayloadException] where the payload is not what the forge
    /// documents.
    protected abstract Interpretation read(StoredDelivery delivery, ForgeHook hook);

    @Override
    public final Verification verify(WebhookRequest request, ForgeHook hook) {
        if (!isProven(request, hook)) {
            return Verification.refused();
        }
        Optional<String> event = first(request, eventHeaders());
        if (event.isEmpty()) {
            return new Verification.Refused(
                    400, "the header %s is needed, once".formatted(eventHeaders().getFirst()));
        }
        return new Verification.Accepted(first(request, idHeaders()).orElse(""), event.get());
    }

    private static Optional<String> first(WebhookRequest request, List<String> headers) {
        return headers.stream()
                .map(request::header)
                .flatMap(Optional::stream)
                .filter(text -> !text.isBlank())
                .findFirst();
    }

    @Override
    public final Interpretation interpret(StoredDelivery delivery, ForgeHook hook) {
        try {
            return delivery.event().equals(BY_HAND)
                    ? byHand(JsonObject.parse(delivery.body()), hook)
                    : read(delivery, hook);
        } catch (PayloadException unlikeForge) {
            return new Interpretation.Rejected(String.valueOf(unlikeForge.getMessage()));
        }
    }

    private static Interpretation byHand(JsonObject payload, ForgeHook hook) {
        String ref = payload.text("ref");
        HookRules rules = new HookRules(payload, hook, payload.textOrEmpty("sender"));
        return rules.manual(
                Refs.isTag(ref) || Refs.isBranch(ref) ? ref : Refs.branch(ref),
                payload.optional("inputs").map(JsonObject::values).orElse(Map.of()));
    }

    /// For events that no rule knows.
    protected static Interpretation nothingFor(String event) {
        return HookRules.ignored("nothing starts for the event '%s'".formatted(event));
    }

    protected static Interpretation aboutAnother(String repository) {
        return HookRules.ignored("it is about another repository: " + repository);
    }
}
