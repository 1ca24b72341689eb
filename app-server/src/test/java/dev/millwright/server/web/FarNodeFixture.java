package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.api.run.Status;
import dev.millwright.model.NodeName;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import dev.millwright.node.Assignment;
import dev.millwright.node.AttemptEnd;
import dev.millwright.node.Known;
import dev.millwright.server.node.FakeLine;
import dev.millwright.server.node.NodeGreeting;
import dev.millwright.server.node.NodeHello;
import dev.millwright.server.node.NodeProfile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// A node outside the server that the test plays: its name, what it says, and what it is told.
abstract class FarNodeFixture extends OwnServer {
    static final NodeName FAR = new NodeName("far");
    static final StepPath FIRST = StepPath.parse("0/0");

    private final AtomicLong connection = new AtomicLong();

    /// A step that the node was given, over this line.
    record Taken(FakeLine line, Assignment step) {
        RunId run() {
            return step.run();
        }
    }

    /// What the node says when it connects; it has one slot.
    ///
    /// @param mayHaveForgotten whether there may have been more attempts than it knows
    NodeHello hello(boolean mayHaveForgotten, Known... attempts) {
        return new NodeHello(
                connection.incrementAndGet(),
                new NodeProfile(
                        "0.1.0",
                        "boot",
                        "life",
                        Map.of("zone", "far"),
                        Map.of(),
                        Set.of("process"),
                        1),
                List.of(attempts),
                mayHaveForgotten,
                List.of(),
                Set.of());
    }

    NodeGreeting connect(FakeLine line, NodeHello hello) {
        NodeGreeting greeting = server.nodeHost().arrived(FAR, hello, line);
        server.nodeHost().ready(FAR, line);
        return greeting;
    }

    FakeLine connect() {
        FakeLine line = new FakeLine();
        var _ = connect(line, hello(false));
        return line;
    }

    /// What the node was given last; it is given its first step at some time.
    static Assignment taken(FakeLine line) {
        await().until(() -> !line.started.isEmpty());
        return line.started.getLast();
    }

    /// Connect the node, and begin a run of which it takes the first step.
    Taken take(String pipeline) {
        FakeLine line = connect();
        var _ = server.begin(pipeline);
        return new Taken(line, taken(line));
    }

    static Known running(Assignment step) {
        return Known.of(step, Known.State.RUNNING);
    }

    static AttemptEnd success() {
        Instant now = Instant.now();
        return new AttemptEnd(Outcome.SUCCESS, "", "", 0, Map.of(), now, now, 1, 4, 0);
    }

    void end(Assignment step) {
        server.nodeHost().ended(FAR, step.attempt(), step.fence(), success());
    }

    /// End the last step of a run, which succeeds.
    void complete(Assignment step) {
        end(step);
        assertThat(server.finish(step.run()).status()).isEqualTo(Status.SUCCESS);
    }
}
