package dev.millwright.server.run;

import dev.millwright.model.AttemptId;
import dev.millwright.model.NodeName;
import dev.millwright.model.RunId;
import dev.millwright.model.log.LogChunk;
import dev.millwright.model.log.LogPosition;
import dev.millwright.node.AttemptEnd;
import dev.millwright.server.node.CopiedNodeException;
import dev.millwright.server.node.Enrolment;
import dev.millwright.server.node.Fleet;
import dev.millwright.server.node.NodeGreeting;
import dev.millwright.server.node.NodeHello;
import dev.millwright.server.node.NodeHost;
import dev.millwright.server.node.NodeLine;
import dev.millwright.server.node.Nodes;
import dev.millwright.server.store.Database;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where nodes report, `local` as well as those that come in over the link.
final class NodeDesk implements NodeHost {
    private static final Logger log = LoggerFactory.getLogger(NodeDesk.class);

    private final Database database;
    private final RunDriver driver;
    private final Nodes nodes;
    private final Enrolment enrolment;
    private final Fleet fleet;
    private final RunReports reports;
    private final Function<AttemptId, LogPosition> logEnd;

    /// @param logEnd up to where the log of an attempt is stored
    NodeDesk(
            Database database,
            RunDriver driver,
            Nodes nodes,
            Enrolment enrolment,
            RunReports reports,
            Function<AttemptId, LogPosition> logEnd) {
        this.database = database;
        this.driver = driver;
        this.nodes = nodes;
        this.enrolment = enrolment;
        this.fleet = driver.fleet();
        this.reports = reports;
        this.logEnd = logEnd;
    }

    @Override
    public NodeGreeting arrived(NodeName node, NodeHello said, NodeLine line) {
        NodeHello hello = said.withLabels(enrolment.labels(node));
        UUID session = UUID.randomUUID();
        Found found = found(node, session, hello);
        fleet.replace(node);
        boolean rival = found.before().rival();
        Reconciliation settled =
                Reconciliation.of(
                        found.live(), hello.attempts(), hello.mayHaveForgotten() || rival, logEnd);
        Map<AttemptId, Long> given = new HashMap<>();
        settled.goingOn().forEach(attempt -> given.put(attempt.id(), attempt.fence()));
        fleet.join(node, session, line, hello, found.before().draining(), given);
        settled.neverStarted().forEach(a -> driver.losses().neverStarted(a.id()));
        String why =
                rival
                        ? "another agent with the identity of its node has come, which knows nothing of it"
                        : "its node lost its journal in a crash";
        settled.lost().forEach(a -> driver.losses().lost(a, why));
        if (!found.live().isEmpty() || !hello.attempts().isEmpty()) {
            log.info(
                    "node '{}' is here; steps that go on: {}, start again: {}, are lost: {}",
                    node,
                    settled.goingOn().size(),
                    settled.neverStarted().size(),
                    settled.lost().size());
        }
        return new NodeGreeting(
                settled.settlements(),
                settled.unknown(),
                finished(hello.runs()),
                found.before().draining());
    }

    private record Found(Nodes.Before before, List<AttemptRecord> live) {}

    private Found found(NodeName node, UUID session, NodeHello hello) {
        try {
            return nodes.arrive(
                    node,
                    session,
                    hello,
                    (tx, before) -> new Found(before, tx.dao(AttemptDao.class).live(node.value())));
        } catch (CopiedNodeException copied) {
            enrolment.quarantine(node, String.valueOf(copied.getMessage()));
            throw copied;
        }
    }

    private List<RunId> finished(List<RunId> runs) {
        if (runs.isEmpty()) {
            return List.of();
        }
        List<UUID> asked = runs.stream().map(RunId::value).toList();
        Set<UUID> going = database.read(tx -> tx.dao(RunDao.class).unfinishedOf(asked));
        return runs.stream().filter(run -> !going.contains(run.value())).toList();
    }

    @Override
    public void ready(NodeName node, NodeLine line) {
        fleet.ready(node, line);
        driver.placeWaiting();
    }

    @Override
    public void taken(NodeName node, AttemptId attempt) {
        log.debug("node '{}' has taken attempt {}", node, attempt);
    }

    @Override
    public void refused(NodeName node, AttemptId attempt, long fence, Refusal refusal) {
        if (!fleet.has(node, attempt, fence)) {
            return;
        }
        log.warn("node '{}' does not take attempt {}: {}", node, attempt, refusal.reason());
        fleet.refuse(node, refusal);
        reports.find(node, attempt, fence).ifPresent(a -> driver.losses().neverStarted(a.id()));
    }

    @Override
    public void log(NodeName node, AttemptId attempt, long fence, LogChunk chunk) {
        if (fleet.has(node, attempt, fence) || reports.find(node, attempt, fence).isPresent()) {
            reports.log(attempt, chunk);
        }
    }

    @Override
    public void ended(NodeName node, AttemptId attempt, long fence, AttemptEnd end) {
        reports.find(node, attempt, fence).ifPresent(record -> reports.ended(record, end));
    }

    @Override
    public Beat heartbeat(NodeName node, NodeLine line, String refusal, Set<String> repositories) {
        if (fleet.heard(node, line, refusal, repositories)) {
            driver.placeWaiting();
        }
        return fleet.beat(node);
    }

    @Override
    public void facts(NodeName node, Map<String, String> facts) {
        nodes.facts(node, facts);
    }

    @Override
    public void runners(NodeName node, Set<String> kinds, Map<String, String> missing) {
        nodes.runners(node, kinds, missing);
    }

    @Override
    public void gone(NodeName node, NodeLine line, boolean goodbye) {
        fleet.leave(node, line).ifPresent(left -> nodes.depart(node, left, goodbye));
    }
}
