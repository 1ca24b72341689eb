package dev.millwright.node.link;

import dev.millwright.link.v1.Assign;
import dev.millwright.link.v1.NodeMessage;
import dev.millwright.link.v1.Refused;
import dev.millwright.link.v1.Settled;
import dev.millwright.link.v1.Stop;
import dev.millwright.link.v1.Taken;
import dev.millwright.link.v1.Welcome;
import dev.millwright.model.AttemptId;
import dev.millwright.model.MillwrightException;
import dev.millwright.model.RunId;
import dev.millwright.node.Assignment;
import dev.millwright.node.Known;
import dev.millwright.node.MissingRunnerException;
import dev.millwright.node.Settlement;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does on the node what a server says. One thread.
final class ServerOrders {
    private static final Logger log = LoggerFactory.getLogger(ServerOrders.class);

    private final LinkedNode node;
    private final LinkReports reports;
    private boolean draining;

    ServerOrders(LinkedNode node, LinkReports reports) {
        this.node = node;
        this.reports = reports;
    }

    void settle(Welcome welcome) {
        welcome.getSettledList().forEach(this::settle);
        for (String attempt : welcome.getUnknownAttemptsList()) {
            if (!node.agent().refuseUnknown(AttemptId.parse(attempt))) {
                log.error("attempt {} is here, though the server was not told of it", attempt);
            }
        }
        node.agent().caughtUp();
        welcome.getFinishedRunsList().forEach(this::forgetRun);
        drain(welcome.getDraining());
    }

    private void settle(Settled settled) {
        AttemptId attempt = AttemptId.parse(settled.getAttempt());
        Settlement settlement = Wire.settlement(settled);
        node.agent().settle(attempt, settlement);
        switch (settlement) {
            case Settlement.Continue _ -> log.debug("attempt {} goes on", attempt);
            case Settlement.Forget _ -> reports.drop(attempt);
            case Settlement.Fenced _ -> {
                reports.drop(attempt);
                log.info("attempt {} was given to somebody else and is ended here", attempt);
            }
        }
    }

    /// Nobody waits for anything of this node any more, and others may do its work: end it.
    void removed() {
        for (Known known : node.agent().hello()) {
            node.agent().settle(known.attempt(), new Settlement.Fenced());
            reports.drop(known.attempt());
        }
    }

    /// The answer to an assignment.
    NodeMessage take(Assign assign) {
        String refusal = "";
        String missingRunner = "";
        try {
            Assignment assignment = Wire.assignment(assign);
            // What was taken before is under way, whatever has become of the disk since
            if (!node.agent().knows(assignment.attempt())) {
                refusal = node.refusal().get();
            }
            if (refusal.isEmpty()) {
                node.agent().start(assignment);
                return NodeMessage.newBuilder()
                        .setTaken(Taken.newBuilder().setAttempt(assign.getAttempt()))
                        .build();
            }
        } catch (MissingRunnerException unable) {
            refusal = String.valueOf(unable.getMessage());
            missingRunner = assign.getRunner();
        } catch (MillwrightException unable) {
            refusal = String.valueOf(unable.getMessage());
        }
        log.warn("attempt {} is refused: {}", assign.getAttempt(), refusal);
        return NodeMessage.newBuilder()
                .setRefused(
                        Refused.newBuilder()
                                .setAttempt(assign.getAttempt())
                                .setFence(assign.getFence())
                                .setReason(refusal)
                                .setMissingRunner(missingRunner))
                .build();
    }

    void stop(Stop stop) {
        var _ =
                node.agent()
                        .stop(
                                AttemptId.parse(stop.getAttempt()),
                                Wire.reason(stop),
                                Duration.ofMillis(stop.getGraceMillis()));
    }

    void forgetRun(String run) {
        node.agent().forgetRun(RunId.parse(run));
    }

    void drain(boolean wanted) {
        if (wanted != draining) {
            draining = wanted;
            log.info(wanted ? "this node is drained" : "this node takes work again");
        }
    }
}
