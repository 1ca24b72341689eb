package dev.millwright.forges;

import dev.millwright.plugin.trigger.TriggeredPipeline;
import dev.millwright.plugin.webhook.WebhookRequest;
import dev.millwright.testkit.WebhookContract;
import java.util.List;
import java.util.Map;

/// The contract of webhook triggers for one forge.
abstract class ForgeHookContract extends WebhookContract {
    private final Sender sender;

    ForgeHookContract(Sender sender) {
        this.sender = sender;
    }

    @Override
    protected String kind() {
        return sender.kind;
    }

    @Override
    protected Map<String, Object> configuration() {
        return Map.of("secret", "${env:HOOK}", "branch", List.of("ma*", "develop"));
    }

    @Override
    protected TriggeredPipeline pipeline() {
        return new TriggeredPipeline("default", "web", sender.repository, "", "");
    }

    @Override
    protected WebhookRequest genuine() {
        return signed("secret-HOOK");
    }

    @Override
    protected WebhookRequest forged() {
        return signed("guessed");
    }

    private WebhookRequest signed(String secret) {
        return sender.request(sender.push, sender.example(), sender.secret(secret));
    }
}
