package dev.millwright.server;

import dev.millwright.api.server.ConfigView;
import dev.millwright.engine.schema.PipelineSchema;
import dev.millwright.host.PluginHost;
import dev.millwright.host.format.FileFormats;
import dev.millwright.node.agent.MachineSecrets;
import dev.millwright.server.access.AccessKeys;
import dev.millwright.server.cluster.ServerHome;
import dev.millwright.server.cluster.ServerIdentity;
import dev.millwright.server.cluster.Servers;
import dev.millwright.server.config.ServerConfig;
import dev.millwright.server.delivery.Deliveries;
import dev.millwright.server.delivery.Intake;
import dev.millwright.server.event.EventFeed;
import dev.millwright.server.event.Journal;
import dev.millwright.server.export.Exporters;
import dev.millwright.server.link.LinkServer;
import dev.millwright.server.log.LogStore;
import dev.millwright.server.outbox.Outbox;
import dev.millwright.server.pki.NodeAuthority;
import dev.millwright.server.plugin.PluginJournal;
import dev.millwright.server.plugin.PluginWatch;
import dev.millwright.server.plugin.RunnerPlugins;
import dev.millwright.server.plugin.ServerPlugins;
import dev.millwright.server.poll.Polls;
import dev.millwright.server.queue.JobQueue;
import dev.millwright.server.queue.Wakeup;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.resource.source.ResourceSources;
import dev.millwright.server.retention.Retention;
import dev.millwright.server.run.RunSystem;
import dev.millwright.server.secret.RepositorySecrets;
import dev.millwright.server.secret.SecretStores;
import dev.millwright.server.secret.SettingSecrets;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.DatabaseSettings;
import dev.millwright.server.store.TimeOrderedIds;
import dev.millwright.server.telemetry.Limits;
import dev.millwright.server.telemetry.StepTelemetry;
import dev.millwright.server.telemetry.StepTokens;
import dev.millwright.server.trigger.CronTrigger;
import dev.millwright.server.trigger.HookSettings;
import dev.millwright.server.trigger.PlainWebhook;
import dev.millwright.server.trigger.TriggerHooks;
import dev.millwright.server.trigger.TriggerMeaning;
import dev.millwright.server.web.WebDependencies;
import dev.millwright.server.web.WebServer;
import dev.millwright.server.web.WebSettings;
import dev.millwright.server.web.http.HttpLimits;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/// Puts the areas of a server together, in the order in which they depend on each other.
final class ServerWiring {
    static final String VERSION = "0.1.0";

    private ServerWiring() {}

    static RunningServer start(ServerConfig config, int port, Map<String, String> environment) {
        InstantSource clock = InstantSource.system();
        ServerHome home = ServerHome.take(config.dataDir());
        Database database = Database.open(databaseSettings(config));
        AccessKeys keys = AccessKeys.create(database, config.dataDir());
        Journal journal = Journal.create(database);
        int linkPort = LinkWiring.port(config);
        NodeAuthority authority =
                NodeAuthority.create(
                        database, journal, authoritySettings(config, port, linkPort), clock);
        Servers servers = Servers.join(database, journal, identity(config, port, linkPort, home));
        EventFeed feed = EventFeed.create(database, journal);
        LogStore logs = LogStore.create(database);
        MachineSecrets secrets = new MachineSecrets(environment);
        PluginHost plugins = ServerPlugins.open(config, secrets);
        BuiltIns.add(plugins.extensions(), config);
        RunnerPlugins shelf = new RunnerPlugins();
        shelf.look(plugins);
        LocalMachineWiring here = new LocalMachineWiring(config, plugins.extensions(), secrets);
        Resources resources =
                Resources.create(
                        database, journal, clock, SettingsOf.rules(config, plugins.extensions()));
        Retention retention = Retention.create(database, SettingsOf.retention(config));
        // The queue calls back what needs the queue: the only knot in the wiring
        AtomicReference<Wakeups> wakeups = new AtomicReference<>();
        JobQueue queue =
                JobQueue.create(
                        database, SettingsOf.queue(config), wakeup -> handle(wakeups, wakeup));
        Intake intake = Intake.create(database, queue, clock);
        Deliveries deliveries = Deliveries.create(database, intake);
        CronTrigger cron = CronTrigger.create(database, resources, intake, clock);
        HookSettings hooks = new HookSettings(config.webhook().maxBody());
        SecretStores stores = SecretStores.create(resources, plugins.extensions(), secrets, clock);
        SettingSecrets inSettings = SettingSecrets.create(secrets, stores);
        TriggerHooks triggers = TriggerHooks.create(plugins.extensions(), inSettings, hooks);
        Polls polls =
                Polls.create(
                        database,
                        journal,
                        resources,
                        intake,
                        plugins.extensions(),
                        inSettings,
                        servers.self().id(),
                        clock);
        TimeOrderedIds ids = new TimeOrderedIds(clock);
        StepTokens tokens =
                new StepTokens(authority.secret("step telemetry"), config.baseUrl(port).toString());
        RunSystem runs =
                RunSystem.create(
                        new RunSystem.Needs(
                                database,
                                journal,
                                logs,
                                deliveries,
                                resources,
                                TriggerMeaning.create(triggers),
                                FileFormats.of(plugins.extensions(), secrets),
                                authority,
                                new RepositorySecrets(stores, secrets),
                                tokens::environment,
                                clock,
                                ids::next),
                        new RunSystem.Settings(
                                config.baseUrl(port).toString(),
                                VERSION,
                                config.node().name(),
                                config.node().slots(),
                                Map.of(),
                                config.node().grace(),
                                config.node().logLimit(),
                                SettingsOf.nodes(config)),
                        here::machine);
        StepTelemetry telemetry =
                StepTelemetry.create(
                        database, journal, logs, tokens, runs.runs()::mask, Limits.DEFAULT, clock);
        Exporters.Sources sourcesOfExports =
                new Exporters.Sources(
                        plugins.extensions(),
                        inSettings,
                        runs.runs(),
                        logs,
                        telemetry,
                        config.baseUrl(port).toString());
        Outbox outbox = ExportWiring.open(database, journal, resources, sourcesOfExports);
        wakeups.set(
                new Wakeups(
                        runs,
                        retention,
                        clock,
                        config.retention().interval(),
                        tx -> queue.enqueue(tx, new Wakeup.Retention()),
                        database));
        runs.connect();
        // For other servers its node is there from now on, however long the rest of the start takes
        Ticker beats = Ticker.start("server-beat", runs::beat);
        runs.recover();
        queue.start();
        ResourceSources sources =
                ResourceSources.create(
                        config.resources(), resources, servers.sourcesElsewhere(), clock);
        sources.tick();
        Ticker ticker = Ticker.start("schedules", cron::tick);
        Ticker pollTicker = Ticker.start("polls", polls::tick);
        PluginJournal pluginJournal = new PluginJournal(database, journal, servers.self().name());
        Ticker pluginWatch =
                Ticker.start(
                        "plugin-watch", PluginWatch.create(plugins, shelf, pluginJournal)::tick);
        // On a thread of its own: what is in the way of a runner may be slow to find out
        Ticker runnerWatch = Ticker.start("runner-watch", here::tick);
        Ticker watcher = Ticker.start("resource-watch", sources::tick);
        LinkServer link =
                LinkWiring.start(
                        config, linkPort, servers, authority, runs.nodeHost(), shelf, clock);
        // Nobody is silent while there is nobody to listen
        Ticker nodeWatch = Ticker.start("node-watch", runs::tick);
        Ticker renewals = Ticker.start("certificates", authority::tick);
        Ticker told = Ticker.start("telemetry", telemetry::tick);
        Ticker measures =
                ExportWiring.measure(resources, sourcesOfExports, runs.nodes(), outbox, clock);
        Ticker exports = Ticker.start("outbox", outbox::tick);
        WebServer web =
                WebServer.open(
                        new WebDependencies(
                                database,
                                keys,
                                resources,
                                intake,
                                deliveries,
                                PlainWebhook.create(resources, hooks),
                                triggers,
                                polls,
                                runs.runs(),
                                journal,
                                feed,
                                logs,
                                queue,
                                servers,
                                runs.nodes(),
                                authority,
                                plugins,
                                outbox,
                                telemetry,
                                sources::faults,
                                PipelineSchema::json,
                                () -> view(config),
                                clock),
                        new WebSettings(
                                config.bindAddress(),
                                port,
                                config.baseUrlOrNull(),
                                VERSION,
                                HttpLimits.DEFAULT));
        return new RunningServer(
                web,
                keys,
                List.of(
                        web,
                        ticker,
                        pollTicker,
                        polls,
                        watcher,
                        pluginWatch,
                        runnerWatch,
                        renewals,
                        nodeWatch,
                        exports,
                        told,
                        measures,
                        link,
                        queue,
                        outbox,
                        beats,
                        runs,
                        plugins,
                        servers,
                        feed,
                        database,
                        home));
    }

    private static ServerIdentity identity(
            ServerConfig config, int port, int linkPort, ServerHome home) {
        return new ServerIdentity(
                UUID.randomUUID(),
                home.id(),
                machine() + ":" + port,
                config.node().name(),
                config.baseUrl(port).toString(),
                config.linkAddress(linkPort),
                String.join("\n", ResourceSources.origins(config.resources())),
                VERSION);
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    private static void handle(AtomicReference<Wakeups> wakeups, Wakeup wakeup) {
        Wakeups handler = wakeups.get();
        if (handler != null) {
            handler.handle(wakeup);
        }
    }

    private static DatabaseSettings databaseSettings(ServerConfig config) {
        return new DatabaseSettings(
                config.dataDir(),
                config.database().url(),
                config.database().user(),
                config.database().password(),
                config.database().poolSize(),
                config.database().minFree());
    }

    private static NodeAuthority.Settings authoritySettings(
            ServerConfig config, int port, int linkPort) {
        String address = config.linkAddress(linkPort);
        return new NodeAuthority.Settings(
                config.cluster().key(),
                config.dataDir(),
                List.of(
                        config.baseUrl(port).getHost(),
                        address.substring(0, address.lastIndexOf(':'))),
                () -> address);
    }

    private static ConfigView view(ServerConfig config) {
        return new ConfigView(
                config.values().stream()
                        .map(value ->
                                new ConfigView.Setting(
                                        value.key(), value.shown(), value.origin().render()))
                        .toList());
    }
}
