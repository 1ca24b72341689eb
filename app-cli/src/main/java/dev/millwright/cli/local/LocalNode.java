package dev.millwright.cli.local;

import dev.millwright.cli.launch.TemporaryFolder;
import dev.millwright.model.AttemptId;
import dev.millwright.node.Assignment;
import dev.millwright.node.NodeReports;
import dev.millwright.node.agent.NodeAgent;
import dev.millwright.node.agent.NodeSettings;
import dev.millwright.node.process.ProcessRunner;
import dev.millwright.plugin.runner.Runner;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The node of one local run: the same agent as in a server, with a folder of its own that is gone
/// afterwards. One thread.
final class LocalNode implements AutoCloseable {
    private final Path folder;
    private final NodeAgent agent;
    private final @Nullable InPlaceRunner<?> inPlace;

    private LocalNode(Path folder, NodeAgent agent, @Nullable InPlaceRunner<?> inPlace) {
        this.folder = folder;
        this.agent = agent;
        this.inPlace = inPlace;
    }

    /// @param directory where steps run; null for a workspace of its own
    static LocalNode create(@Nullable Path directory, int slots, NodeReports reports) {
        Path folder = TemporaryFolder.create("millwright-local-");
        InPlaceRunner<?> inPlace =
                directory == null ? null : new InPlaceRunner<>(new ProcessRunner(), directory);
        Runner<?> runner = inPlace == null ? new ProcessRunner() : inPlace;
        NodeAgent agent =
                NodeAgent.create(NodeSettings.local(folder, slots), List.of(runner), reports);
        return new LocalNode(folder, agent, inPlace);
    }

    NodeAgent agent() {
        return agent;
    }

    void start(Assignment assignment) {
        InPlaceRunner<?> here = inPlace;
        if (here == null) {
            agent.start(assignment);
            return;
        }
        AttemptId attempt = assignment.attempt();
        here.expect(attempt, assignment.directory().orElse(""), assignment.outputs());
        // The node would look for the directory in its own, empty workspace.
        agent.start(
                Assignment.builder(
                                attempt,
                                assignment.fence(),
                                assignment.run(),
                                assignment.path(),
                                assignment.runner(),
                                assignment.parameters())
                        .environment(assignment.environment())
                        .secrets(assignment.secrets())
                        .timeout(assignment.timeoutOrNull())
                        .outputs(assignment.outputs())
                        .changedFiles(assignment.changedFiles())
                        .build());
    }

    @Override
    public void close() {
        TemporaryFolder.awaitEmpty(folder.resolve("attempts"));
        agent.close();
        TemporaryFolder.delete(folder);
    }
}
