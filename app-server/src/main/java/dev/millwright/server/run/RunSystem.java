package dev.millwright.server.run;

import dev.millwright.engine.expression.CelConditions;
import dev.millwright.engine.plan.Planner;
import dev.millwright.engine.progress.Progress;
import dev.millwright.engine.yaml.PipelineReader;
import dev.millwright.node.NodeReports;
import dev.millwright.node.agent.NodeAgent;
import dev.millwright.server.delivery.Deliveries;
import dev.millwright.server.event.Journal;
import dev.millwright.server.git.PipelineFiles;
import dev.millwright.server.log.LogStore;
import dev.millwright.server.node.LocalNode;
import dev.millwright.server.node.Nodes;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.store.Database;
import dev.millwright.server.trigger.TriggerMeaning;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/// Everything about runs, put together: made once by the server's wiring.
public final class RunSystem implements AutoCloseable {
    private final RunDriver driver;
    private final Nodes nodes;
    private final RunStarter starter;
    private final Sweeper sweeper;
    private final Runs runs;
    private final Recovery recovery;

    /// What runs need from the other areas.
    ///
    /// @param meanings tells what a delivery asks for
    /// @param ids time-ordered ids
    public record Needs(
            Database database,
            Journal journal,
            LogStore logs,
            Deliveries deliveries,
            Resources resources,
            TriggerMeaning meanings,
            InstantSource clock,
            Supplier<UUID> ids) {}

    /// What an administrator can set.
    ///
    /// @param serverUrl base of links to this server, without a slash at the end
    /// @param slots how many steps the node `local` runs at once
    /// @param labels of the node `local`
    /// @param grace between TERM and KILL
    /// @param logLimit bytes of output per step
    public record Settings(
            String serverUrl,
            int slots,
            Map<String, String> labels,
            Duration grace,
            long logLimit) {
        public Settings {
            labels = Map.copyOf(labels);
        }
    }

    private RunSystem(Needs needs, Settings settings, Function<NodeReports, NodeAgent> nodeAgent) {
        RunStore store = new RunStore(needs.journal());
        this.driver =
                new RunDriver(
                        new RunDriver.Parts(
                                needs.database(),
                                store,
                                new Progress(CelConditions.create()),
                                new AssignmentMaker(
                                        settings.serverUrl(),
                                        settings.grace(),
                                        settings.logLimit()),
                                needs.logs()::append,
                                needs.logs()::wake,
                                reports ->
                                        LocalNode.create(
                                                nodeAgent.apply(reports),
                                                settings.slots(),
                                                settings.labels()),
                                needs.clock(),
                                needs.ids(),
                                settings.grace()));
        this.nodes =
                Nodes.create(
                        needs.database(), needs.journal(), driver.node(), driver::placeWaiting);
        RunCreation creation = new RunCreation(store, needs.clock(), UUID::randomUUID);
        PipelineSources sources =
                new PipelineSources(
                        PipelineFiles.create(driver.node().gitCache(), PipelineReader.create()));
        this.starter =
                new RunStarter(
                        needs.database(),
                        needs.deliveries(),
                        needs.resources(),
                        needs.meanings(),
                        sources,
                        creation,
                        driver,
                        new Planner());
        this.sweeper =
                new Sweeper(needs.database(), needs.deliveries(), starter, driver, needs.clock());
        this.runs = new Runs(needs.database(), driver, store, creation, needs.ids());
        this.recovery = new Recovery(needs.database(), driver, needs.logs()::position);
    }

    /// Put everything together.
    ///
    /// @param nodeAgent makes the node agent from the place where it has to report
    public static RunSystem create(
            Needs needs, Settings settings, Function<NodeReports, NodeAgent> nodeAgent) {
        return new RunSystem(needs, settings, nodeAgent);
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

    public LocalNode node() {
        return driver.node();
    }

    /// Set every unfinished run going again; call it once before the server calls itself ready.
    public void recover() {
        recovery.run();
    }

    /// Stop deciding; running steps go on.
    @Override
    public void close() {
        driver.close();
    }
}
