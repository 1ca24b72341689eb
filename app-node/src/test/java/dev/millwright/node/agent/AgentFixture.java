package dev.millwright.node.agent;

import dev.millwright.node.process.ProcessRunner;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/// A node's agent that runs processes, and what it reports.
abstract class AgentFixture {
    @TempDir Path root;

    final Reports reports = new Reports();

    /// Its next life; one at a time.
    NodeAgent agent() {
        return NodeAgent.create(
                NodeSettings.local(root.resolve("node"), 4), List.of(new ProcessRunner()), reports);
    }
}
