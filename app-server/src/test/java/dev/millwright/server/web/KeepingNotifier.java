package dev.millwright.server.web;

import dev.millwright.plugin.Sent;
import dev.millwright.plugin.notify.Notification;
import dev.millwright.plugin.notify.Notification.Change;
import dev.millwright.plugin.notify.Notifier;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A notifier that keeps what it is given, once it is told to.
final class KeepingNotifier implements Notifier<KeepingNotifier.Settings> {
    private final List<Notification> messages = new CopyOnWriteArrayList<>();
    private final List<Notification> refused = new CopyOnWriteArrayList<>();
    private volatile boolean away;

    /// @param to to tell several notifiers apart
    public record Settings(String to) {}

    @Override
    public String kind() {
        return "keeping";
    }

    @Override
    public Class<Settings> configuration() {
        return Settings.class;
    }

    @Override
    public Sent send(Notification message, Settings settings) {
        if (away) {
            refused.add(message);
            return new Sent.Later("nobody is at home", Duration.ZERO);
        }
        messages.add(message);
        return Sent.DONE;
    }

    void away(boolean whether) {
        away = whether;
    }

    List<Notification> messages() {
        return List.copyOf(messages);
    }

    List<Notification> refused() {
        return List.copyOf(refused);
    }

    List<Change> changes() {
        return messages.stream().map(Notification::change).toList();
    }

    List<String> subjects() {
        return messages.stream().map(Notification::subject).toList();
    }
}
