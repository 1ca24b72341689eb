package dev.millwright.node;

import dev.millwright.engine.progress.Action;
import dev.millwright.model.AttemptId;
import dev.millwright.model.RunId;
import dev.millwright.node.git.GitCache;
import dev.millwright.plugin.runner.Runner;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Carry out attempts. Methods are called from any thread.
///
/// 1. [#create] takes the workspace root; it throws [NodeException] when another process has it.
/// 2. [#hello] tells what is left from before, and [#settle] answers for each of them.
/// 3. [#start] and [#stop] in any order; what happens is told to [NodeReports].
/// 4. [#close] leaves running steps alone, so that the next life finds them again.
public final class NodeAgent implements AutoCloseable {
    private NodeAgent() {}

    public static NodeAgent create(
            NodeSettings settings, List<Runner> runners, NodeReports reports) {
        throw new NodeException("not there yet");
    }

    /// The kinds of leaves that this node can carry out.
    public Set<String> runnerKinds() {
        return Set.of();
    }

    /// The git caches, which the server shares for looking into repositories.
    public GitCache gitCache() {
        throw new NodeException("not there yet");
    }

    /// Take an attempt: write it into the journal and start it on a thread of its own. The same
    /// attempt again has no effect. Throws [NodeException] when it could not be written.
    public void start(Assignment assignment) {}

    /// Ask a live attempt to end; its end is reported as usual. False when this node knows nothing
    /// of the attempt.
    public boolean stop(AttemptId attempt, Action.Reason reason, Duration grace) {
        return false;
    }

    /// What the journal holds from before this agent was created and is not settled yet.
    public List<Known> hello() {
        return List.of();
    }

    /// Say what is to become of a known attempt.
    public void settle(AttemptId attempt, Settlement settlement) {}

    /// Delete the workspace of a run that is over. Returns at once.
    public void forgetRun(RunId run) {}

    /// Stop reporting and let go of everything but the running steps.
    @Override
    public void close() {}
}
