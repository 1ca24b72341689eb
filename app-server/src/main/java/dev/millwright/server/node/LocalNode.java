package dev.millwright.server.node;

import dev.millwright.engine.progress.Action;
import dev.millwright.model.AttemptId;
import dev.millwright.model.NodeName;
import dev.millwright.model.RunId;
import dev.millwright.node.Assignment;
import dev.millwright.node.NodeException;
import dev.millwright.node.agent.NodeAgent;
import dev.millwright.node.facts.FactsWatch;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The node that lives inside the server: the node agent as a library, connected without a wire.
/// Everything else is as with any other node.
///
/// Called from any thread.
public final class LocalNode implements NodeLine, AutoCloseable {
    private static final Duration FIRST_LOOK = Duration.ofSeconds(5);
    private static final Duration FACTS = Duration.ofMinutes(5);

    private final NodeName name;
    private final LocalMachine machine;
    private final NodeAgent agent;
    private final NodeHost host;
    private final Map<String, String> labels;
    private final int slots;
    private @Nullable FactsWatch looking;
    private volatile Told told = new Told(Set.of(), Map.of());

    /// What it said last that it can carry out.
    private record Told(Set<String> kinds, Map<String, String> missing) {}

    /// @param slots how many attempts may be under way at once
    /// @param labels what the administrator says about this machine
    public LocalNode(
            NodeName name,
            LocalMachine machine,
            NodeHost host,
            int slots,
            Map<String, String> labels) {
        this.name = name;
        this.machine = machine;
        this.agent = machine.agent();
        this.host = host;
        this.slots = slots;
        this.labels = Map.copyOf(labels);
    }

    /// Say Hello to the server around it, and take up what is left from before.
    ///
    /// @param version of the server
    public void connect(String version) {
        told = runners();
        NodeHello hello =
                new NodeHello(
                        0,
                        new NodeProfile(
                                version,
                                "",
                                UUID.randomUUID().toString(),
                                labels,
                                machine.known(),
                                told.kinds(),
                                told.missing(),
                                slots),
                        agent.hello(),
                        agent.mayHaveForgotten(),
                        agent.runs(),
                        agent.gitCache().urls());
        NodeGreeting greeting = host.arrived(name, hello, this);
        greeting.unknown().forEach(agent::refuseUnknown);
        greeting.settlements().forEach(agent::settle);
        greeting.finishedRuns().forEach(agent::forgetRun);
        host.ready(name, this);
        // Not while the server starts, and not while it may be stopped again at once
        looking =
                FactsWatch.start(
                        machine.facts(), FIRST_LOOK, FACTS, found -> host.facts(name, found));
    }

    /// Say that it lives, and what it can do now.
    public synchronized void beat() {
        Told now = runners();
        if (!now.equals(told)) {
            told = now;
            host.runners(name, now.kinds(), now.missing());
        }
        host.heartbeat(name, this, machine.refusal().get(), agent.gitCache().urls());
    }

    private Told runners() {
        return new Told(Set.copyOf(agent.runnerKinds()), Map.copyOf(agent.missingRunners()));
    }

    @Override
    public void start(Assignment assignment) {
        String full = agent.knows(assignment.attempt()) ? "" : machine.refusal().get();
        if (!full.isEmpty()) {
            throw new NodeException(full);
        }
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
        if (looking != null) {
            looking.close();
        }
        agent.close();
        host.gone(name, this, true);
    }
}
