package dev.millwright.server;

import dev.millwright.server.event.Journal;
import dev.millwright.server.export.Exporters;
import dev.millwright.server.export.Measuring;
import dev.millwright.server.forge.Forges;
import dev.millwright.server.node.Nodes;
import dev.millwright.server.notify.Notifiers;
import dev.millwright.server.outbox.Channel;
import dev.millwright.server.outbox.Outbox;
import dev.millwright.server.outbox.OutboxSettings;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.store.Database;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Puts together what tells other systems of runs.
final class ExportWiring {
    private ExportWiring() {}

    static Outbox open(
            Database database, Journal journal, Resources resources, Exporters.Sources sources) {
        Exporters exporters = Exporters.create(resources, sources);
        Forges forges =
                Forges.create(
                        resources,
                        new Forges.Sources(
                                sources.extensions(),
                                sources.secrets(),
                                sources.runs(),
                                sources.serverUrl()));
        Notifiers notifiers =
                Notifiers.create(
                        resources,
                        new Notifiers.Sources(
                                sources.extensions(),
                                sources.secrets(),
                                sources.runs(),
                                sources.logs(),
                                sources.serverUrl()));
        return Outbox.open(
                database,
                journal,
                OutboxSettings.DEFAULT,
                Set.of(Resources.EXPORTER, Resources.FORGE, Resources.NOTIFIER),
                () -> channels(exporters, forges, notifiers));
    }

    /// Tell every exporter once a minute how things stand; to be closed.
    static Ticker measure(
            Resources resources,
            Exporters.Sources sources,
            Nodes nodes,
            Outbox outbox,
            InstantSource clock) {
        Exporters exporters = Exporters.create(resources, sources);
        return Ticker.start(
                "measures",
                Measuring.create(exporters, sources.runs(), nodes, outbox, clock)::tick);
    }

    private static List<Channel> channels(Exporters exporters, Forges forges, Notifiers notifiers) {
        List<Channel> channels = new ArrayList<>(exporters.channels());
        channels.addAll(forges.channels());
        channels.addAll(notifiers.channels());
        return channels;
    }
}
