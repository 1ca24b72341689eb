package dev.millwright.forges.bitbucket;

import dev.millwright.forgekit.payload.HmacProof;
import dev.millwright.forges.ForgeHook;
import dev.millwright.forges.ForgeTrigger;
import dev.millwright.plugin.webhook.WebhookRequest;
import java.util.List;

/// What both kinds of Bitbucket have in common: how they sign, and how they name events.
abstract class BitbucketTrigger extends ForgeTrigger {
    @Override
    protected final boolean isProven(WebhookRequest request, ForgeHook hook) {
        String signature = request.header("X-Hub-Signature").orElse("");
        return HmacProof.holds("sha256=", signature, request.body(), hook.secret());
    }

    @Override
    protected final List<String> eventHeaders() {
        return List.of("X-Event-Key");
    }
}
