package dev.millwright.server.run;

import dev.millwright.engine.expression.CelConditions;
import dev.millwright.engine.plan.Planner;
import dev.millwright.engine.progress.Progress;
import dev.millwright.engine.yaml.PipelineReader;
import dev.millwright.host.format.FileFormats;
import dev.millwright.model.AttemptId;
import dev.millwright.model.NodeName;
import dev.millwright.model.RunId;
import dev.millwright.model.log.LogChunk;
import dev.millwright.node.AttemptEnd;
import dev.millwright.node.NodeReports;
import dev.millwright.server.delivery.Deliveries;
import dev.millwright.server.event.Journal;
import dev.millwright.server.git.PipelineFiles;
import dev.millwright.server.log.LogStore;
import dev.millwright.server.node.Enrolment;
import dev.millwright.server.node.Fleet;
import dev.millwright.server.node.LocalMachine;
import dev.millwright.server.node.LocalNode;
import dev.millwright.server.node.NodeHost;
import dev.millwright.server.node.NodeLimits;
import dev.millwright.server.node.NodeWatch;
import dev.millwright.server.node.Nodes;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.secret.RepositorySecrets;
import dev.millwright.server.store.Broadcast;
import dev.millwright.server.store.Database;
import dev.millwright.server.trigger.TriggerMeaning;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything about runs and the nodes that carry them out, put together: made once by the server's
/// wiring.
public final class RunSystem implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RunSystem.class);

    /// On which servers tell each other what runs to look at.
    private static final String CHANNEL = "millwright_runs";

    private final Database database;
    private final RunDriver driver;
    private final Nodes nodes;
    private final NodeDesk desk;
    private final NodeWatch watch;
    private final LocalNode local;
    private final String version;
    private final RunStarter starter;
    private final Sweeper sweeper;
    private final Runs runs;

    /// What runs need from the other areas.
    ///
    /// @param meanings tells what a delivery asks for
    /// @param formats read the pipeline files of other systems
    /// @param enrolment of nodes that join
    /// @param secrets where the secrets of steps and repositories are read from
    /// @param telemetry variables by which a step tells the server of itself
    /// @param ids time-ordered ids
    public record Needs(
            Database database,
            Journal journal,
            LogStore logs,
            Deliveries deliveries,
            Resources resources,
            TriggerMeaning meanings,
            FileFormats formats,
            Enrolment enrolment,
            RepositorySecrets secrets,
            Function<AttemptId, Map<String, String>> telemetry,
            InstantSource clock,
            Supplier<UUID> ids) {}

    /// What an administrator can set.
    ///
    /// @param serverUrl base of links to this server, without a slash at the end
    /// @param version of this program
    /// @param node name of the node inside this server
    /// @param slots how many steps that node runs at once
    /// @param labels of that node
    /// @param grace between TERM and KILL
    /// @param logLimit bytes of output per step
    /// @param limits how long nodes may be silent
    public record Settings(
            String serverUrl,
            String version,
            NodeName node,
            int slots,
            Map<String, String> labels,
            Duration grace,
            long logLimit,
            NodeLimits limits) {
        public Settings {
            labels = Map.copyOf(labels);
        }
    }

    private RunSystem(Needs needs, Settings settings, Function<NodeReports, LocalMachine> machine) {
        this.database = needs.database();
        this.version = settings.version();
        RunStore store = new RunStore(needs.journal());
        Fleet fleet = new Fleet();
        this.driver =
                new RunDriver(
                        new RunDriver.Parts(
                                database,
                                store,
                                new Progress(CelConditions.create()),
                                new AssignmentMaker(
                                        settings.serverUrl(),
                                        settings.grace(),
                                        settings.logLimit(),
                                        needs.telemetry()),
                                needs.secrets(),
                                fleet,
                                this::askOthers,
                                needs.clock(),
                                needs.ids(),
                                settings.grace()));
        this.nodes =
                new Nodes(
                        database,
                        needs.journal(),
                        fleet,
                        driver::placeWaiting,
                        node -> driver.losses().lost(node, "its node was removed"));
        this.desk =
                new NodeDesk(
                        database,
                        driver,
                        nodes,
                        needs.enrolment(),
                        new RunReports(database, needs.logs()::append, needs.logs()::wake, driver),
                        needs.logs()::position);
        this.watch =
                new NodeWatch(
                        database,
                        nodes,
                        fleet,
                        settings.limits(),
                        node -> driver.losses().lost(node, "its node has been away for too long"),
                        driver::placeWaiting);
        LocalMachine here = machine.apply(reports(settings.node()));
        this.local =
                new LocalNode(settings.node(), here, desk, settings.slots(), settings.labels());
        RunCreation creation = new RunCreation(store, needs.clock(), UUID::randomUUID);
        PipelineSources sources =
                new PipelineSources(
                        PipelineFiles.create(
                                here.agent().gitCache(), PipelineReader.create(), needs.formats()),
                        needs.secrets()::await);
        this.starter =
                new RunStarter(
                        database,
                        needs.deliveries(),
                        needs.resources(),
                        needs.meanings(),
                        sources,
                        creation,
                        driver,
                        new Planner());
        this.sweeper = new Sweeper(database, needs.deliveries(), starter, driver, needs.clock());
        Explainer explainer =
                new Explainer(fleet, nodes::busy, needs.logs(), settings.limits().lost());
        this.runs = new Runs(database, driver, store, creation, explainer, needs.ids());
        database.broadcast().listen(CHANNEL, new Others());
    }

    private NodeReports reports(NodeName node) {
        return new NodeReports() {
            @Override
            public void log(AttemptId attempt, long fence, LogChunk chunk) {
                desk.log(node, attempt, fence, chunk);
            }

            @Override
            public void ended(AttemptId attempt, long fence, AttemptEnd end) {
                desk.ended(node, attempt, fence, end);
            }
        };
    }

    private void askOthers(RunId run) {
        database.broadcast().announce(CHANNEL, run.toString());
    }

    /// Another server decided about a run that nodes of this one may have to do with.
    private final class Others implements Broadcast.Listener {
        @Override
        public void heard(String text) {
            Thread.ofVirtual()
                    .name("run-" + text)
                    .start(() -> driver.resumeQuietly(RunId.parse(text)));
        }

        @Override
        public void missed() {
            // The sweep finds what was missed
        }
    }

    /// Put everything together.
    ///
    /// @param machine makes the node inside the server from the place where it has to report
    public static RunSystem create(
            Needs needs, Settings settings, Function<NodeReports, LocalMachine> machine) {
        return new RunSystem(needs, settings, machine);
    }

    public RunDriver driver() {
        return driver;
    }

    public RunStarter starter() {
        return starter;
    }

    public Sweeper sweeper() {
        return sweeper;
    }

    public Runs runs() {
        return runs;
    }

    public Nodes nodes() {
        return nodes;
    }

    /// Where nodes that come in over the link report.
    public NodeHost nodeHost() {
        return desk;
    }

    /// Take in the node inside the server, and bring the database and its journal together; call it
    /// once, before [#recover]. From then on [#beat] has to say that it lives.
    public void connect() {
        local.connect(version);
    }

    /// Set every unfinished run going again; call it once before the server calls itself ready. One
    /// that cannot go on does not keep the others from it.
    public void recover() {
        List<RunId> unfinished =
                database.read(tx -> tx.dao(RunDao.class).unfinished()).stream()
                        .map(RunId::new)
                        .toList();
        unfinished.forEach(driver::resumeQuietly);
        if (!unfinished.isEmpty()) {
            log.info("unfinished runs that go on: {}", unfinished.size());
        }
    }

    /// Say that the nodes of this server live; to be called every second, from one thread.
    public void beat() {
        local.beat();
        watch.beat();
    }

    /// Judge the nodes; to be called every second, from one thread, as soon as they can come in.
    public void tick() {
        watch.tick();
    }

    /// Stop deciding; running steps go on.
    @Override
    public void close() {
        driver.close();
        local.close();
    }
}
