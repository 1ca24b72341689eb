package dev.millwright.host.call;

import dev.millwright.engine.binding.RecordBinder;
import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.use.Use;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.webhook.Interpretation;
import dev.millwright.plugin.webhook.StoredDelivery;
import dev.millwright.plugin.webhook.Verification;
import dev.millwright.plugin.webhook.WebhookRequest;
import dev.millwright.plugin.webhook.WebhookTrigger;
import java.time.Duration;

/// A hook of a pipeline with the trigger that understands it.
///
/// Called from any thread. Throws what [Use#call] throws, and
/// [dev.millwright.engine.binding.BindingException] when what users wrote does not fit.
public record BoundWebhook(Use<WebhookTrigger<?>> use, Parameters written, SecretSource secrets) {
    /// How long a trigger may take to say what a delivery asks for while nobody waits for it.
    public static final Duration IN_A_JOB = Duration.ofSeconds(30);

    private static final Duration VERIFY = Duration.ofSeconds(5);

    /// Whether the request is taken.
    public Verification verify(WebhookRequest request) throws InterruptedException {
        return use.call("verify", VERIFY, typed -> verify(typed, request));
    }

    private <C extends Record> Verification verify(
            WebhookTrigger<C> typed, WebhookRequest request) {
        return typed.verify(request, settings(typed));
    }

    /// What the delivery asks for.
    public Interpretation interpret(StoredDelivery delivery) throws InterruptedException {
        return interpret(delivery, IN_A_JOB);
    }

    /// What the delivery asks for.
    ///
    /// @param deadline how long the trigger may take
    public Interpretation interpret(StoredDelivery delivery, Duration deadline)
            throws InterruptedException {
        return use.call("interpret", deadline, typed -> interpret(typed, delivery));
    }

    private <C extends Record> Interpretation interpret(
            WebhookTrigger<C> typed, StoredDelivery delivery) {
        return typed.interpret(delivery, settings(typed));
    }

    private <C extends Record> C settings(WebhookTrigger<C> typed) {
        return RecordBinder.bind(typed.configuration(), written, secrets);
    }
}
