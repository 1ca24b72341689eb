package dev.millwright.server.trigger;

import dev.millwright.engine.binding.BindingException;
import dev.millwright.host.Extensions;
import dev.millwright.host.call.BoundWebhook;
import dev.millwright.host.use.PluginCallException;
import dev.millwright.host.use.Point;
import dev.millwright.host.use.Use;
import dev.millwright.model.MillwrightException;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.webhook.Interpretation;
import dev.millwright.plugin.webhook.Verification;
import dev.millwright.plugin.webhook.WebhookRequest;
import dev.millwright.plugin.webhook.WebhookTrigger;
import dev.millwright.server.delivery.Delivery;
import dev.millwright.server.delivery.NewDelivery;
import dev.millwright.server.plugin.MissingPlugins;
import dev.millwright.server.resource.PipelineSpec;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.secret.SecretsUnavailableException;
import dev.millwright.server.secret.SettingSecrets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The hooks of pipelines: `POST /hooks/{type}/{hook}`, where the hook is
/// `NAMESPACE.PIPELINE.HOOK`, or `PIPELINE.HOOK` in the namespace `default`. What they mean,
/// triggers say: [GenericHook] and those of plugins.
///
/// Called from any thread.
public final class TriggerHooks {
    private static final Logger log = LoggerFactory.getLogger(TriggerHooks.class);

    private final Extensions extensions;
    private final SettingSecrets secrets;
    private final HookSettings settings;

    private TriggerHooks(Extensions extensions, SettingSecrets secrets, HookSettings settings) {
        this.extensions = extensions;
        this.secrets = secrets;
        this.settings = settings;
    }

    public static TriggerHooks create(
            Extensions extensions, SettingSecrets secrets, HookSettings settings) {
        return new TriggerHooks(extensions, secrets, settings);
    }

    /// Decide from the request alone what to answer; nothing is stored yet. Whoever has no proof is
    /// not told whether the hook exists.
    public HookDecision decide(String type, HookRequest request, Resources resources) {
        if (request.body().size() > settings.maxBody()) {
            return new HookDecision.TooLarge(settings.maxBody());
        }
        HookAddress address = HookAddress.parse(request.hook());
        Optional<PipelineSpec.Hook> found =
                resources
                        .pipeline(address.namespace(), address.pipeline())
                        .flatMap(spec -> named(spec, address.hook()))
                        .filter(hook -> hook.type().equals(type));
        if (found.isEmpty()) {
            return new HookDecision.Unproven("");
        }
        try {
            Optional<BoundWebhook> bound = bound(address.namespace(), found.get());
            if (bound.isEmpty()) {
                return new HookDecision.Unavailable(
                        new MissingPlugins(extensions).problem(Point.WEBHOOK, type).orElse(""));
            }
            Verification answer =
                    bound.get()
                            .verify(
                                    new WebhookRequest(
                                            request.query(), request.headers(), request.body()));
            return switch (answer) {
                case Verification.Refused(int status, String reason) ->
                        switch (status) {
                            case 400 -> new HookDecision.Bad(reason);
                            case 401 -> new HookDecision.Unproven(reason);
                            default -> new HookDecision.Refused(status, reason);
                        };
                case Verification.Accepted accepted ->
                        new HookDecision.Accept(delivery(address, request, accepted));
            };
        } catch (SecretsUnavailableException unknown) {
            log.warn("hook {}: {}", request.hook(), unknown.getMessage());
            return new HookDecision.Unavailable("the hook's secret is not to be had now");
        } catch (BindingException unfit) {
            log.warn("hook {} refuses everybody: {}", request.hook(), unfit.getMessage());
            return new HookDecision.Unproven("");
        } catch (PluginCallException failed) {
            log.warn("hook {}: {}", request.hook(), failed.getMessage());
            return isPassing(failed)
                    ? new HookDecision.Unavailable("the hook's trigger does not answer")
                    : new HookDecision.Broken();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new HookDecision.Unavailable("the server goes down");
        }
    }

    private static boolean isPassing(PluginCallException failed) {
        return switch (failed.why()) {
            case TOO_SLOW, BUSY, GONE -> true;
            case REFUSED, BROKEN -> false;
        };
    }

    /// What a stored delivery of such a hook means; empty when it is of another kind. Throws
    /// [PluginCallException] and [SecretsUnavailableException] when it is to be asked again.
    ///
    /// @param patience how long the trigger may take
    Optional<Interpretation> interpret(
            Delivery delivery, PipelineSpec pipeline, Duration patience) {
        if (!delivery.source().startsWith(HookAddress.SOURCE)) {
            return Optional.empty();
        }
        HookAddress address =
                HookAddress.parse(delivery.source().substring(HookAddress.SOURCE.length()));
        return named(pipeline, address.hook())
                .map(hook -> interpret(delivery, pipeline, hook, patience));
    }

    private Interpretation interpret(
            Delivery delivery, PipelineSpec pipeline, PipelineSpec.Hook hook, Duration patience) {
        try {
            Optional<BoundWebhook> bound = bound(delivery.namespace(), hook);
            if (bound.isEmpty()) {
                return new Interpretation.Rejected(
                        "no plugin understands hooks of the type '%s' any more; install it and redeliver"
                                .formatted(hook.type()));
            }
            return bound.get().interpret(StoredDeliveries.of(delivery, pipeline), patience);
        } catch (BindingException unfit) {
            return new Interpretation.Rejected(
                    "the hook '%s' is not set up well: %s"
                            .formatted(hook.name(), unfit.getMessage()));
        } catch (PluginCallException failed) {
            if (isPassing(failed)) {
                throw failed;
            }
            return new Interpretation.Rejected(String.valueOf(failed.getMessage()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new MillwrightException("interrupted", stopped);
        }
    }

    private Optional<BoundWebhook> bound(String namespace, PipelineSpec.Hook hook)
            throws InterruptedException {
        Optional<Use<WebhookTrigger<?>>> use = extensions.find(Point.WEBHOOK, hook.type());
        return use.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new BoundWebhook(
                                use.get(),
                                hook.settings(),
                                secrets.of(namespace, hook.settings(), true)));
    }

    private static Optional<PipelineSpec.Hook> named(PipelineSpec spec, String name) {
        return spec.hooks().stream().filter(hook -> hook.name().equals(name)).findFirst();
    }

    private static NewDelivery delivery(
            HookAddress address, HookRequest request, Verification.Accepted accepted) {
        Map<String, Object> query = new LinkedHashMap<>();
        request.query().forEach((name, values) -> query.put(name, String.join(",", values)));
        return new NewDelivery(
                address.source(),
                accepted.id(),
                address.namespace(),
                address.pipeline(),
                accepted.event(),
                PlainWebhook.headers(request.headers()),
                request.body(),
                new Parameters(query.isEmpty() ? Map.of() : Map.of("query", query)));
    }
}
