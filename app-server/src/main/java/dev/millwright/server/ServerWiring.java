package dev.millwright.server;

import dev.millwright.api.server.ConfigView;
import dev.millwright.engine.schema.PipelineSchema;
import dev.millwright.node.NodeReports;
import dev.millwright.node.agent.NodeAgent;
import dev.millwright.node.agent.NodeSettings;
import dev.millwright.node.agent.Room;
import dev.millwright.node.agent.RoomLimits;
import dev.millwright.node.facts.MachineFacts;
import dev.millwright.node.git.GitSettings;
import dev.millwright.node.process.ProcessRunner;
import dev.millwright.server.access.AccessKeys;
import dev.millwright.server.cluster.ServerHome;
import dev.millwright.server.cluster.ServerIdentity;
import dev.millwright.server.cluster.Servers;
import dev.millwright.server.config.ServerConfig;
import dev.millwright.server.delivery.Deliveries;
import dev.millwright.server.delivery.Intake;
import dev.millwright.server.event.EventFeed;
import dev.millwright.server.event.Journal;
import dev.millwright.server.link.LinkServer;
import dev.millwright.server.log.LogStore;
import dev.millwright.server.node.LocalMachine;
import dev.millwright.server.node.NodeLimits;
import dev.millwright.server.pki.NodeAuthority;
import dev.millwright.server.queue.JobQueue;
import dev.millwright.server.queue.QueueSettings;
import dev.millwright.server.queue.Wakeup;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.resource.source.ResourceSources;
import dev.millwright.server.retention.Retention;
import dev.millwright.server.retention.RetentionPolicy;
import dev.millwright.server.run.RunSystem;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.DatabaseSettings;
import dev.millwright.server.store.TimeOrderedIds;
import dev.millwright.server.trigger.CronTrigger;
import dev.millwright.server.trigger.GenericHook;
import dev.millwright.server.trigger.HookSettings;
import dev.millwright.server.trigger.PlainWebhook;
import dev.millwright.server.trigger.TriggerMeaning;
import dev.millwright.server.web.WebDependencies;
import dev.millwright.server.web.WebServer;
import dev.millwright.server.web.WebSettings;
import dev.millwright.server.web.http.HttpLimits;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
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
        Resources resources = Resources.create(database, journal, clock);
        Retention retention = Retention.create(database, retentionPolicy(config));
        // The queue calls back what needs the queue: the only knot in the wiring
        AtomicReference<Wakeups> wakeups = new AtomicReference<>();
        JobQueue queue =
                JobQueue.create(database, queueSettings(config), wakeup -> handle(wakeups, wakeup));
        Intake intake = Intake.create(database, queue, clock);
        Deliveries deliveries = Deliveries.create(database, intake);
        CronTrigger cron = CronTrigger.create(database, resources, intake, clock);
        TimeOrderedIds ids = new TimeOrderedIds(clock);
        RunSystem runs =
                RunSystem.create(
                        new RunSystem.Needs(
                                database,
                                journal,
                                logs,
                                deliveries,
                                resources,
                                TriggerMeaning.create(),
                                authority::labels,
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
                                nodeLimits(config)),
                        reports -> machine(config, reports));
        wakeups.set(
                new Wakeups(
                        runs,
                        retention,
                        clock,
                        config.retention().interval(),
                        tx -> queue.enqueue(tx, new Wakeup.Retention()),
                        database));
        runs.recover();
        queue.start();
        ResourceSources sources =
                ResourceSources.create(
                        config.resources(), resources, servers.sourcesElsewhere(), clock);
        sources.tick();
        Ticker ticker = Ticker.start(cron::tick);
        Ticker watcher = Ticker.start(sources::tick);
        Ticker nodeWatch = Ticker.start(runs::tick);
        LinkServer link =
                LinkWiring.start(config, linkPort, servers, authority, runs.nodeHost(), clock);
        Ticker renewals = Ticker.start(authority::tick);
        HookSettings hooks = new HookSettings(config.webhook().maxBody());
        WebServer web =
                WebServer.open(
                        new WebDependencies(
                                database,
                                keys,
                                resources,
                                intake,
                                deliveries,
                                PlainWebhook.create(resources, hooks),
                                GenericHook.create(resources, hooks, new SecretFiles(environment)),
                                runs.runs(),
                                journal,
                                feed,
                                logs,
                                queue,
                                servers,
                                runs.nodes(),
                                authority,
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
                        web, ticker, watcher, renewals, nodeWatch, link, queue, runs, servers, feed,
                        database, home));
    }

    private static NodeLimits nodeLimits(ServerConfig config) {
        return new NodeLimits(
                config.nodes().suspectAfter(),
                config.nodes().unreachableAfter(),
                config.nodes().lostAfter(),
                config.nodes().heartbeat());
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
                config.database().poolSize());
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

    private static QueueSettings queueSettings(ServerConfig config) {
        return new QueueSettings(
                config.queue().workers(),
                config.queue().poll(),
                config.queue().sweep(),
                QueueSettings.DEFAULT.keepSucceeded());
    }

    private static RetentionPolicy retentionPolicy(ServerConfig config) {
        ServerConfig.RetentionConfig limits = config.retention();
        return new RetentionPolicy(
                limits.maxAge(),
                limits.runsPerPipeline(),
                limits.logAge(),
                limits.logSize(),
                limits.deliveryAge(),
                limits.eventAge());
    }

    private static LocalMachine machine(ServerConfig config, NodeReports reports) {
        Path root = config.dataDir().resolve("node");
        NodeAgent agent =
                NodeAgent.create(
                        new NodeSettings(
                                config.node().name().value(),
                                root,
                                config.node().workspaceRoot(),
                                config.node().slots(),
                                new GitSettings(
                                        config.git().allowFile(), true, config.git().timeout())),
                        List.of(new ProcessRunner(config.node().shell())),
                        reports);
        Room room =
                new Room(
                        agent.journal(),
                        List.of(root, config.node().workspaceRoot()),
                        RoomLimits.DEFAULT,
                        Room.Disk.real());
        return new LocalMachine(agent, room::refusal, MachineFacts.of(root)::look);
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
