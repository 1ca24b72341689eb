package dev.millwright.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millwright.plugin.NoConfiguration;
import dev.millwright.plugin.trigger.PullRequest;
import dev.millwright.plugin.trigger.RunRequest;
import dev.millwright.plugin.webhook.Interpretation;
import dev.millwright.plugin.webhook.StoredDelivery;
import dev.millwright.plugin.webhook.Verification;
import dev.millwright.plugin.webhook.WebhookRequest;
import dev.millwright.plugin.webhook.WebhookTrigger;
import java.util.List;
import java.util.Map;

/// Starts a run for a pull request to `main`; the body is its number and the input `code`.
final class PullTrigger implements WebhookTrigger<NoConfiguration> {
    @Override
    public String kind() {
        return "pull";
    }

    @Override
    public Class<NoConfiguration> configuration() {
        return NoConfiguration.class;
    }

    @Override
    public Verification verify(WebhookRequest request, NoConfiguration hook) {
        return new Verification.Accepted("", "pull_request");
    }

    @Override
    public Interpretation interpret(StoredDelivery delivery, NoConfiguration hook) {
        String[] words = new String(delivery.body().bytes(), UTF_8).split(" ");
        PullRequest pull =
                new PullRequest(
                        Long.parseLong(words[0]), "", "fix", "main", "", List.of(), false, false);
        return Interpretation.run(
                RunRequest.of("pull_request")
                        .ref("refs/pull/%s/head".formatted(words[0]))
                        .commit("c".repeat(40))
                        .pullRequest(pull)
                        .inputs(Map.of("code", words[1]))
                        .build());
    }
}
