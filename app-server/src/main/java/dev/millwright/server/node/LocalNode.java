package dev.millwright.server.node;

import dev.millwright.engine.progress.Action;
import dev.millwright.model.AttemptId;
import dev.millwright.model.NodeName;
import dev.millwright.model.RunId;
import dev.millwright.node.Assignment;
import dev.millwright.node.BasicFacts;
import dev.millwright.node.agent.NodeAgent;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// The node that lives inside the server: the node agent as a library, connected without a wire.
/// Everything else is as with any other node.
///
/// Called from any thread.
public final class LocalNode implements NodeLine, AutoCloseable {
    private final NodeName name;
    private final NodeAgent agent;
    private final NodeHost host;
    private final Map<String, String> labels;
    private final int slots;

    /// @param slots how many attempts may be under way at once
    /// @param labels what the administrator says about this machine
    public LocalNode(
            NodeName name, NodeAgent agent, NodeHost host, int slots, Map<String, String> labels) {
        this.name = name;
        this.agent = agent;
        this.host = host;
        this.slots = slots;
        this.labels = Map.copyOf(labels);
    }

    /// Say Hello to the server around it, and take up what is left from before.
    ///
    /// @param version of the server
    public void connect(String version) {
        NodeHello hello =
                new NodeHello(
                        0,
                        version,
                        "",
                        UUID.randomUUID().toString(),
                        labels,
                        BasicFacts.ofThisMachine(),
                        agent.runnerKinds(),
                        slots,
                        agent.hello(),
                        agent.mayHaveForgotten(),
                        agent.runs(),
                        Set.of());
        NodeGreeting greeting = host.arrived(name, hello, this);
        greeting.unknown().forEach(agent::refuseUnknown);
        greeting.settlements().forEach(agent::settle);
        greeting.finishedRuns().forEach(agent::forgetRun);
        host.ready(name, this);
    }

    /// Say that it lives.
    public void beat() {
        host.heartbeat(name, this, "", Set.of());
    }

    @Override
    public void start(Assignment assignment) {
        agent.start(assignment);
    }

    @Override
    public void stop(AttemptId attempt, Action.Reason reason, Duration grace) {
        agent.stop(attempt, reason, grace);
    }

    @Override
    public void forgetRun(RunId run) {
        agent.forgetRun(run);
    }

    @Override
    public void dismiss(Dismissal cause, String why) {
        // It cannot leave the server that it lives in
    }

    /// Let go of the running steps without ending them.
    @Override
    public void close() {
        agent.close();
        host.gone(name, this, true);
    }
}
