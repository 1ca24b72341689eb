package dev.millwright.host.use;

import dev.millwright.plugin.Extension;
import dev.millwright.plugin.export.Exporter;
import dev.millwright.plugin.format.PipelineFormat;
import dev.millwright.plugin.notify.Notifier;
import dev.millwright.plugin.poll.PollingTrigger;
import dev.millwright.plugin.runner.Runner;
import dev.millwright.plugin.scm.ScmProvider;
import dev.millwright.plugin.secret.SecretStore;
import dev.millwright.plugin.webhook.WebhookTrigger;
import java.util.List;

/// One of the extension points.
///
/// @param <T> its interface
/// @param type the same, for reflection
public record Point<T extends Extension<?>>(Class<?> type) {
    public static final Point<WebhookTrigger<?>> WEBHOOK = new Point<>(WebhookTrigger.class);
    public static final Point<PollingTrigger<?>> POLL = new Point<>(PollingTrigger.class);
    public static final Point<Runner<?>> RUNNER = new Point<>(Runner.class);
    public static final Point<Exporter<?>> EXPORTER = new Point<>(Exporter.class);
    public static final Point<Notifier<?>> NOTIFIER = new Point<>(Notifier.class);
    public static final Point<SecretStore<?>> SECRET_STORE = new Point<>(SecretStore.class);
    public static final Point<PipelineFormat<?>> FORMAT = new Point<>(PipelineFormat.class);
    public static final Point<ScmProvider<?>> SCM = new Point<>(ScmProvider.class);

    public static final List<Point<?>> ALL =
            List.of(WEBHOOK, POLL, RUNNER, EXPORTER, NOTIFIER, SECRET_STORE, FORMAT, SCM);

    /// Such as `WebhookTrigger`.
    public String name() {
        return type.getSimpleName();
    }

    /// The extension as its point.
    @SuppressWarnings("unchecked") // every constant above names the same type twice
    public T cast(Extension<?> extension) {
        return (T) type.cast(extension);
    }
}
