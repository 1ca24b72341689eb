package dev.millwright.server.web;

import dev.millwright.api.run.RunSummary;
import dev.millwright.api.server.ConfigView;
import dev.millwright.api.server.HealthView;
import dev.millwright.api.server.OutboxView;
import dev.millwright.api.server.QueueView;
import dev.millwright.api.server.ReadyView;
import dev.millwright.api.server.StatsView;
import dev.millwright.api.server.VersionView;
import dev.millwright.server.access.Access;
import dev.millwright.server.outbox.ChannelStatus;
import dev.millwright.server.queue.QueueStats;
import dev.millwright.server.run.RunQuery;
import dev.millwright.server.run.RunRecord;
import dev.millwright.server.store.StoreException;
import dev.millwright.server.web.route.Answer;
import dev.millwright.server.web.route.Call;
import dev.millwright.server.web.route.Reply;
import dev.millwright.server.web.route.Route;
import dev.millwright.server.web.view.Common;
import dev.millwright.server.web.view.LandingPage;
import dev.millwright.server.web.view.RunViews;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// What the server tells about itself.
final class ServerRoutes {
    private static final String TAG = "server";

    private final WebDependencies parts;
    private final String version;
    private final Stats stats;

    ServerRoutes(WebDependencies parts, String version) {
        this.parts = parts;
        this.version = version;
        this.stats = new Stats(parts.runs(), parts.resources());
    }

    List<Route> routes() {
        return List.of(
                Route.get("/healthz", Access.OPEN, TAG, "Tell that the process lives")
                        .gives(Reply.json(200, HealthView.class, "It does"))
                        .by(_ -> Answer.ok(HealthView.OK)),
                Route.get("/readyz", Access.OPEN, TAG, "Tell whether the server can work")
                        .gives(
                                Reply.json(200, ReadyView.class, "It can"),
                                Reply.json(503, ReadyView.class, "It cannot, and why"))
                        .by(_ -> ready()),
                Route.get("/version", Access.OPEN, TAG, "Tell which version answers")
                        .gives(Reply.json(200, VersionView.class, "The version"))
                        .by(_ -> Answer.ok(version())),
                Route.get("/", Access.OPEN, TAG, "A page for people who came with a browser")
                        .gives(Reply.text(200, LandingPage.TYPE, "The page"))
                        .by(_ -> Answer.text(LandingPage.TYPE, LandingPage.of(version))),
                statistics("/stats"),
                statistics("/api/v1/stats"),
                Route.get(
                                "/api/v1/queue",
                                Access.VIEW,
                                TAG,
                                "Show what waits and what is worked on")
                        .gives(Reply.json(200, QueueView.class, "The queue"))
                        .by(_ -> Answer.ok(queue())),
                Route.get("/api/v1/config", Access.ADMIN, TAG, "Show the settings, secrets masked")
                        .gives(Reply.json(200, ConfigView.class, "The settings"))
                        .by(_ -> Answer.ok(parts.config().get())),
                Route.get(
                                "/api/v1/schemas/pipeline.json",
                                Access.VIEW,
                                TAG,
                                "Give the JSON Schema of pipeline files")
                        .with(Common.KNOWN_TAG)
                        .gives(Reply.text(200, "application/schema+json", "The schema"))
                        .by(this::schema));
    }

    private Route statistics(String pattern) {
        return Route.get(pattern, Access.VIEW, TAG, "Count runs by repository and pipeline")
                .gives(Reply.json(200, StatsView.class, "The counts"))
                .by(_ -> Answer.ok(stats.view()));
    }

    private VersionView version() {
        return new VersionView("millwright", version, "v1", Runtime.version().toString());
    }

    private Answer ready() {
        List<ReadyView.Check> checks = new ArrayList<>();
        String databaseFault = databaseFault();
        checks.add(check("database", databaseFault.isEmpty(), true, databaseFault));
        checks.add(check("queue", parts.queue().isRunning(), true, "it takes no jobs"));
        List<String> faults = parts.sourceFaults().get();
        checks.add(
                check(
                        "sources",
                        faults.isEmpty(),
                        false,
                        "%d cannot be read; the last good state is in force"
                                .formatted(faults.size())));
        boolean ready = checks.stream().allMatch(check -> check.ok() || !check.required());
        Answer answer = Answer.json(ready ? 200 : 503, new ReadyView(ready, checks));
        return ready ? answer : answer.with("Retry-After", "2");
    }

    /// Why nothing can be stored, for people; empty when all is well.
    private String databaseFault() {
        try {
            parts.database().ping();
        } catch (StoreException _) {
            return "it does not answer";
        }
        try {
            parts.database().requireRoom();
            return "";
        } catch (StoreException full) {
            return String.valueOf(full.getMessage());
        }
    }

    private static ReadyView.Check check(String name, boolean ok, boolean required, String fault) {
        return new ReadyView.Check(name, ok, required, ok ? "" : fault);
    }

    private QueueView queue() {
        QueueStats counts = parts.queue().stats();
        List<RunSummary> active =
                Stream.of("running", "blocked", "cancelling")
                        .map(status ->
                                new RunQuery(
                                        null, null, status, null, null, null, Common.MAX_LIMIT))
                        .flatMap(query -> parts.runs().list(query).stream())
                        .sorted(Comparator.comparing(run -> run.id()))
                        .limit(Common.MAX_LIMIT)
                        .map(this::inQueue)
                        .toList();
        return new QueueView(
                counts.running(),
                counts.workers(),
                counts.enqueued(),
                counts.scheduled(),
                counts.processing(),
                counts.failed(),
                active,
                parts.outbox().status().stream().map(ServerRoutes::view).toList());
    }

    private static OutboxView view(ChannelStatus channel) {
        return new OutboxView(
                channel.name(),
                channel.waiting(),
                channel.failing(),
                channel.oldestOrNull(),
                channel.nextTryOrNull(),
                channel.dropped(),
                channel.reason(),
                channel.failedAtOrNull());
    }

    /// A run that stands still, with the reason.
    private RunSummary inQueue(RunRecord run) {
        String why = run.message().isEmpty() ? parts.runs().standstill(run.id()) : run.message();
        return RunViews.summary(run, why, parts.clock().instant());
    }

    private Answer schema(Call call) {
        String schema = parts.pipelineSchema().get();
        return Answer.text("application/schema+json", schema)
                .with("ETag", Answer.tagOf(schema))
                .with("Cache-Control", "private, no-cache");
    }
}
