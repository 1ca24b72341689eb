package dev.millwright.server.web;

import dev.millwright.host.Extensions;
import dev.millwright.server.event.Journal;
import dev.millwright.server.export.Exporters;
import dev.millwright.server.log.LogStore;
import dev.millwright.server.notify.Notifiers;
import dev.millwright.server.outbox.Channel;
import dev.millwright.server.outbox.Outbox;
import dev.millwright.server.outbox.OutboxSettings;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.run.Runs;
import dev.millwright.server.secret.SettingSecrets;
import dev.millwright.server.store.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Opens the outbox of a server under test: exporters and notifiers.
final class TestOutbox {
    private static final String URL = "http://localhost";

    private TestOutbox() {}

    static Outbox open(
            Database database,
            Journal journal,
            Resources resources,
            Extensions extensions,
            Runs runs,
            LogStore logs,
            Exporters exporters,
            SettingSecrets secrets) {
        Notifiers notifiers =
                Notifiers.create(
                        resources, new Notifiers.Sources(extensions, secrets, runs, logs, URL));
        return Outbox.open(
                database,
                journal,
                OutboxSettings.DEFAULT,
                Set.of(Resources.EXPORTER, Resources.NOTIFIER),
                () -> {
                    List<Channel> channels = new ArrayList<>(exporters.channels());
                    channels.addAll(notifiers.channels());
                    return channels;
                });
    }
}
