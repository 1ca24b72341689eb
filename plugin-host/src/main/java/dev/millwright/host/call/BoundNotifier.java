package dev.millwright.host.call;

import dev.millwright.engine.binding.RecordBinder;
import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.use.Use;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.notify.Notification;
import dev.millwright.plugin.notify.Notifier;
import java.time.Duration;

/// A notifier with its settings.
///
/// Called from any thread. Throws what [Use#call] throws, and
/// [dev.millwright.engine.binding.BindingException] when what users wrote does not fit.
public record BoundNotifier(Use<Notifier<?>> use, Parameters written, SecretSource secrets) {
    private static final Duration SEND = Duration.ofSeconds(60);

    /// Bring one message.
    public Sent send(Notification message) throws InterruptedException {
        return use.call("send", SEND, typed -> send(typed, message));
    }

    private <C extends Record> Sent send(Notifier<C> typed, Notification message)
            throws InterruptedException {
        return typed.send(message, settings(typed));
    }

    private <C extends Record> C settings(Notifier<C> typed) {
        return RecordBinder.bind(typed.configuration(), written, secrets);
    }
}
