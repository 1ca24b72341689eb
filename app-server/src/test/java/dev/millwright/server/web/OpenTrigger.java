package dev.millwright.server.web;

import dev.millwright.plugin.NoConfiguration;
import dev.millwright.plugin.trigger.RunRequest;
import dev.millwright.plugin.webhook.Interpretation;
import dev.millwright.plugin.webhook.StoredDelivery;
import dev.millwright.plugin.webhook.Verification;
import dev.millwright.plugin.webhook.WebhookRequest;
import dev.millwright.plugin.webhook.WebhookTrigger;

/// Takes every request and starts a run for it.
final class OpenTrigger implements WebhookTrigger<NoConfiguration> {
    @Override
    public String kind() {
        return "open";
    }

    @Override
    public Class<NoConfiguration> configuration() {
        return NoConfiguration.class;
    }

    @Override
    public Verification verify(WebhookRequest request, NoConfiguration hook) {
        return new Verification.Accepted("", "webhook");
    }

    @Override
    public Interpretation interpret(StoredDelivery delivery, NoConfiguration hook) {
        return Interpretation.run(RunRequest.of("webhook").build());
    }
}
