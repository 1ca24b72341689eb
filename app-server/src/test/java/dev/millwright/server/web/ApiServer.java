package dev.millwright.server.web;

import static org.awaitility.Awaitility.await;

import dev.millwright.api.ApiException;
import dev.millwright.api.LiveStream;
import dev.millwright.api.MillwrightClient;
import dev.millwright.api.event.EventView;
import dev.millwright.api.resource.ApplyResult;
import dev.millwright.api.run.RunSummary;
import dev.millwright.api.run.StartRunRequest;
import dev.millwright.api.run.Status;
import dev.millwright.api.run.StepView;
import dev.millwright.api.server.ConfigView;
import dev.millwright.engine.schema.PipelineSchema;
import dev.millwright.host.HostSettings;
import dev.millwright.host.PluginHost;
import dev.millwright.host.format.FileFormats;
import dev.millwright.host.use.Point;
import dev.millwright.model.NodeName;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import dev.millwright.node.BasicFacts;
import dev.millwright.node.agent.NodeAgent;
import dev.millwright.node.agent.NodeSettings;
import dev.millwright.node.process.ProcessRunner;
import dev.millwright.server.access.AccessKeys;
import dev.millwright.server.cluster.ServerIdentity;
import dev.millwright.server.cluster.Servers;
import dev.millwright.server.delivery.Deliveries;
import dev.millwright.server.delivery.Intake;
import dev.millwright.server.event.EventFeed;
import dev.millwright.server.event.Journal;
import dev.millwright.server.export.Exporters;
import dev.millwright.server.export.Measuring;
import dev.millwright.server.log.LogStore;
import dev.millwright.server.node.Enrolment;
import dev.millwright.server.node.LocalMachine;
import dev.millwright.server.node.NodeHost;
import dev.millwright.server.node.NodeLimits;
import dev.millwright.server.outbox.Outbox;
import dev.millwright.server.pki.NodeAuthority;
import dev.millwright.server.plugin.WrittenSettings;
import dev.millwright.server.poll.Polls;
import dev.millwright.server.queue.JobQueue;
import dev.millwright.server.queue.QueueSettings;
import dev.millwright.server.queue.Wakeup;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.run.RunSystem;
import dev.millwright.server.secret.RepositorySecrets;
import dev.millwright.server.secret.SecretStores;
import dev.millwright.server.secret.SettingSecrets;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.TimeOrderedIds;
import dev.millwright.server.telemetry.Limits;
import dev.millwright.server.telemetry.StepTelemetry;
import dev.millwright.server.telemetry.StepTokens;
import dev.millwright.server.trigger.GenericHook;
import dev.millwright.server.trigger.HookSettings;
import dev.millwright.server.trigger.PlainWebhook;
import dev.millwright.server.trigger.TriggerHooks;
import dev.millwright.server.trigger.TriggerMeaning;
import dev.millwright.server.web.http.HttpLimits;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// A whole server with the node `local`, and a client with its key.
final class ApiServer implements AutoCloseable {
    /// More than other requests may have.
    static final HookSettings HOOKS = new HookSettings(2 << 20);

    final Database database;
    final Resources resources;
    final Journal journal;
    final LogStore logs;
    final Intake intake;
    final RunSystem system;
    final NodeAuthority authority;
    final StepTelemetry telemetry;
    final StepTokens tokens;
    final String key;
    final WebServer web;
    final PluginHost plugins;
    final Polls polls;
    final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    final MillwrightClient client;
    private final EventFeed feed;
    private final Servers servers;
    private final JobQueue queue;
    private final Outbox outbox;
    final Measuring measuring;

    ApiServer(Path directory, Database database) {
        Clock clock = Clock.systemUTC();
        this.database = database;
        journal = Journal.create(database);
        servers =
                Servers.join(
                        database,
                        journal,
                        new ServerIdentity(
                                UUID.randomUUID(),
                                UUID.randomUUID(),
                                "test",
                                NodeName.LOCAL,
                                "http://localhost",
                                "",
                                "",
                                "0.1.0"));
        feed = EventFeed.create(database, journal);
        logs = LogStore.create(database);
        AtomicReference<RunSystem> made = new AtomicReference<>();
        queue =
                JobQueue.create(
                        database,
                        QueueSettings.DEFAULT.withWorkers(4),
                        wakeup -> {
                            switch (wakeup) {
                                case Wakeup.StartRun(var delivery) ->
                                        made.get().starter().start(delivery);
                                case Wakeup.AdvanceRun(var run) -> made.get().driver().advance(run);
                                case Wakeup.FireCron _, Wakeup.Retention _, Wakeup.Sweep _ -> {
                                    // Nothing of that here.
                                }
                            }
                        });
        intake = Intake.create(database, queue, clock);
        plugins = plugins(directory);
        var _ = plugins.extensions().add(Point.WEBHOOK, new GenericHook());
        Deliveries deliveries = Deliveries.create(database, intake);
        resources =
                Resources.create(
                        database, journal, clock, new WrittenSettings(plugins.extensions()));
        SecretStores stores =
                SecretStores.create(
                        resources, plugins.extensions(), _ -> Optional.of("s3cret"), clock);
        SettingSecrets secrets = SettingSecrets.create(_ -> Optional.of("s3cret"), stores);
        TriggerHooks triggers = TriggerHooks.create(plugins.extensions(), secrets, HOOKS);
        polls =
                Polls.create(
                        database,
                        journal,
                        resources,
                        intake,
                        plugins.extensions(),
                        secrets,
                        servers.self().id(),
                        clock);
        Supplier<UUID> ids = new TimeOrderedIds(clock)::next;
        tokens = new StepTokens(new byte[32], "http://localhost");
        system =
                RunSystem.create(
                        new RunSystem.Needs(
                                database,
                                journal,
                                logs,
                                deliveries,
                                resources,
                                TriggerMeaning.create(triggers),
                                FileFormats.of(plugins.extensions(), _ -> Optional.of("s3cret")),
                                Enrolment.NONE,
                                new RepositorySecrets(stores, _ -> Optional.of("s3cret")),
                                tokens::environment,
                                clock,
                                ids),
                        new RunSystem.Settings(
                                "http://localhost",
                                "0.1.0",
                                NodeName.LOCAL,
                                4,
                                Map.of(),
                                Duration.ofSeconds(2),
                                1 << 30,
                                NodeLimits.DEFAULT),
                        reports ->
                                new LocalMachine(
                                        NodeAgent.create(
                                                NodeSettings.local(directory.resolve("node"), 4),
                                                List.of(new ProcessRunner()),
                                                reports),
                                        () -> "",
                                        BasicFacts.ofThisMachine(),
                                        Map::of));
        telemetry =
                StepTelemetry.create(
                        database,
                        journal,
                        logs,
                        tokens,
                        system.runs()::mask,
                        new Limits(5_000, 8 << 20, 10 << 20, 20, 60, Duration.ofSeconds(60)),
                        clock);
        made.set(system);
        system.connect();
        system.recover();
        AccessKeys keys = AccessKeys.create(database, directory.resolve("data"));
        key = keys.made().orElseThrow();
        authority =
                NodeAuthority.create(
                        database,
                        journal,
                        new NodeAuthority.Settings(
                                "", directory.resolve("data"), List.of(), () -> "127.0.0.1:10001"),
                        clock);
        queue.start();
        Exporters exporters =
                Exporters.create(
                        resources,
                        new Exporters.Sources(
                                plugins.extensions(),
                                secrets,
                                system.runs(),
                                logs,
                                telemetry,
                                "http://localhost"));
        outbox =
                TestOutbox.open(
                        database,
                        journal,
                        resources,
                        plugins.extensions(),
                        system.runs(),
                        logs,
                        exporters,
                        secrets);
        measuring =
                Measuring.create(
                        exporters, system.runs(), system.nodes(), outbox, InstantSource.system());
        web =
                WebServer.open(
                        new WebDependencies(
                                database,
                                keys,
                                resources,
                                intake,
                                deliveries,
                                PlainWebhook.create(resources, HOOKS),
                                triggers,
                                polls,
                                system.runs(),
                                journal,
                                feed,
                                logs,
                                queue,
                                servers,
                                system.nodes(),
                                authority,
                                plugins,
                                outbox,
                                telemetry,
                                List::of,
                                PipelineSchema::json,
                                () ->
                                        new ConfigView(
                                                List.of(
                                                        new ConfigView.Setting(
                                                                "port", "0", "default"))),
                                clock),
                        new WebSettings("127.0.0.1", 0, null, "0.1.0", HttpLimits.DEFAULT));
        client = MillwrightClient.create(address(""), key);
    }

    private static PluginHost plugins(Path directory) {
        try {
            return PluginHost.open(
                    HostSettings.of(directory.resolve("plugins"), directory.resolve("plugin-data")),
                    _ -> Optional.of("s3cret"));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /// Where nodes that come in over the link would report.
    NodeHost nodeHost() {
        return system.nodeHost();
    }

    /// Look once for what has lost its wake-up.
    void sweep() {
        system.sweeper().sweep();
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:" + web.port() + path);
    }

    /// Apply a pipeline of the namespace `default` with these steps and other keys, as YAML.
    void pipeline(String name, String spec) {
        ApplyResult result =
                client.apply(
                        """
                        apiVersion: v1alpha
                        kind: Pipeline
                        metadata: {name: %s, namespace: default}
                        spec:
                        %s\
                        """
                                .formatted(name, spec.indent(2)),
                        "default",
                        false);
        if (!result.isAccepted()) {
            throw new AssertionError(result.toString());
        }
    }

    RunId begin(String pipeline) {
        return client.startRun("default", pipeline, StartRunRequest.of(Map.of())).run();
    }

    /// Wait for the end of a run.
    RunSummary finish(RunId run) {
        try (LiveStream<EventView> events = client.followRun(run, 0)) {
            while (!events.isEnded()) {
                events.poll(Duration.ofSeconds(1));
            }
        }
        return client.run(run).run();
    }

    void awaitStep(RunId run, StepPath path, Status status) {
        // It may not have begun yet
        await().atMost(Duration.ofSeconds(60))
                .ignoreException(ApiException.class)
                .until(() -> step(run, path).status() == status);
    }

    StepView step(RunId run, StepPath path) {
        return client.steps(run).items().stream()
                .filter(step -> step.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address(path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + key);
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(request(path).GET());
    }

    HttpResponse<String> post(String path, String json) throws Exception {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        client.close();
        http.shutdownNow();
        web.close();
        polls.close();
        queue.close();
        outbox.close();
        system.close();
        plugins.close();
        servers.close();
        feed.close();
        database.close();
    }
}
