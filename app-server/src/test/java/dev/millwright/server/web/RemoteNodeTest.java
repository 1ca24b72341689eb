package dev.millwright.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.api.event.EventQuery;
import dev.millwright.api.event.EventView;
import dev.millwright.api.run.CancelRequest;
import dev.millwright.api.run.LogLineView;
import dev.millwright.api.run.LogQuery;
import dev.millwright.api.run.Status;
import dev.millwright.model.NodeName;
import dev.millwright.model.RunId;
import dev.millwright.model.log.LogChunk;
import dev.millwright.model.log.LogChunkWriter;
import dev.millwright.model.log.LogPosition;
import dev.millwright.model.log.LogStream;
import dev.millwright.model.log.Severity;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import dev.millwright.node.Assignment;
import dev.millwright.node.AttemptEnd;
import dev.millwright.node.Known;
import dev.millwright.node.Settlement;
import dev.millwright.server.node.FakeLine;
import dev.millwright.server.node.NodeGreeting;
import dev.millwright.server.node.NodeHello;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of steps on a node that comes and goes; the node is played by the test.
@Timeout(60)
class RemoteNodeTest {
    private static final NodeName FAR = new NodeName("far");
    private static final StepPath FIRST = StepPath.parse("0/0");

    @TempDir Path directory;
    private final AtomicLong connection = new AtomicLong();
    private ApiServer server;

    Database database() {
        return TestDatabases.embedded(directory.resolve("data"));
    }

    @BeforeEach
    void start() {
        server = new ApiServer(directory, database());
        server.pipeline("far", "steps: [{name: x, needs: {zone: far}, commands: [make]}]");
        server.pipeline(
                "again",
                "steps: [{name: x, needs: {zone: far}, on-lost: retry, commands: [make]}]");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private NodeHello hello(boolean mayHaveForgotten, Known... attempts) {
        return new NodeHello(
                connection.incrementAndGet(),
                "0.1.0",
                "boot",
                "life",
                Map.of("zone", "far"),
                Map.of(),
                Set.of("process"),
                1,
                List.of(attempts),
                mayHaveForgotten,
                List.of(),
                Set.of());
    }

    private FakeLine connect(NodeHello hello) {
        FakeLine line = new FakeLine();
        server.nodeHost().arrived(FAR, hello, line);
        server.nodeHost().ready(FAR, line);
        return line;
    }

    private FakeLine connect() {
        return connect(hello(false));
    }

    private static Assignment taken(FakeLine line) {
        await().until(() -> !line.started.isEmpty());
        return line.started.getFirst();
    }

    private static Known known(Assignment assignment, Known.State state) {
        return new Known(
                assignment.attempt(),
                assignment.fence(),
                assignment.run(),
                assignment.path(),
                state);
    }

    private static AttemptEnd success() {
        Instant now = Instant.now();
        return new AttemptEnd(Outcome.SUCCESS, "", "", 0, Map.of(), now, now, 1, 4, 0);
    }

    private static LogChunk chunk(byte[] line) {
        try (LogChunkWriter writer = new LogChunkWriter(LogPosition.START)) {
            writer.add(LogStream.OUT, Severity.INFO, false, true, 0, line, 0, line.length);
            return writer.cut();
        }
    }

    private void end(Assignment assignment) {
        server.nodeHost().ended(FAR, assignment.attempt(), assignment.fence(), success());
    }

    private Status status(RunId run) {
        return server.client.run(run).run().status();
    }

    @Test
    void aStepWaitsForANodeThatFitsAndSaysWhy() {
        RunId run = server.begin("far");
        await().until(() -> server.step(run, FIRST).message().contains("no node fits"));
        assertThat(server.client.explain(run).steps().getFirst().nodes())
                .extracting(node -> node.node())
                .containsExactly("local");

        FakeLine line = connect();

        Assignment assignment = taken(line);
        assertThat(assignment.run()).isEqualTo(run);
        assertThat(server.step(run, FIRST).message()).isEmpty();
        assertThat(server.client.nodes().items())
                .extracting(node -> node.name() + " " + node.busy())
                .containsExactly("far 1", "local 0");
        end(assignment);
        assertThat(server.finish(run).status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void itsLogAndItsEndComeInOnceHoweverOftenTheyAreTold() {
        FakeLine line = connect();
        RunId run = server.begin("far");
        Assignment assignment = taken(line);
        LogChunk chunk = chunk("far\n".getBytes(UTF_8));

        for (int i = 0; i < 3; i++) {
            server.nodeHost().log(FAR, assignment.attempt(), assignment.fence(), chunk);
        }
        end(assignment);
        end(assignment);

        assertThat(server.finish(run).status()).isEqualTo(Status.SUCCESS);
        assertThat(server.client.log(run, FIRST, LogQuery.tail(10)).lines())
                .extracting(LogLineView::text)
                .containsExactly("far");
        assertThat(server.client.events(EventQuery.ALL.ofType("step.finished")).items())
                .extracting(EventView::subject)
                .doesNotHaveDuplicates();
    }

    @Test
    void aReportOfAnotherNodeOrWithAnotherFenceChangesNothing() {
        FakeLine line = connect();
        RunId run = server.begin("far");
        Assignment assignment = taken(line);

        server.nodeHost()
                .ended(new NodeName("other"), assignment.attempt(), assignment.fence(), success());
        server.nodeHost().ended(FAR, assignment.attempt(), assignment.fence() + 1, success());

        assertThat(status(run)).isEqualTo(Status.RUNNING);
        end(assignment);
        assertThat(server.finish(run).status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void whatTheNodeStillHasGoesOnAfterItsReturn() {
        FakeLine first = connect();
        RunId run = server.begin("far");
        Assignment assignment = taken(first);
        server.nodeHost().gone(FAR, first, false);

        FakeLine second = new FakeLine();
        NodeGreeting greeting =
                server.nodeHost()
                        .arrived(FAR, hello(false, known(assignment, Known.State.RUNNING)), second);
        server.nodeHost().ready(FAR, second);

        assertThat(greeting.settlements())
                .containsEntry(assignment.attempt(), new Settlement.Continue(LogPosition.START));
        assertThat(second.started).isEmpty();
        end(assignment);
        assertThat(server.finish(run).status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void whatNeverReachedTheNodeStartsAgainAndIsNotTakenLater() {
        FakeLine first = connect();
        RunId run = server.begin("far");
        Assignment lost = taken(first);

        FakeLine second = new FakeLine();
        NodeGreeting greeting = server.nodeHost().arrived(FAR, hello(false), second);
        server.nodeHost().ready(FAR, second);

        assertThat(greeting.unknown()).containsExactly(lost.attempt());
        Assignment again = taken(second);
        assertThat(again.attempt()).isNotEqualTo(lost.attempt());
        assertThat(again.fence()).isGreaterThan(lost.fence());
        end(lost);
        assertThat(status(run)).isEqualTo(Status.RUNNING);
        end(again);
        assertThat(server.finish(run).status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void whatTheNodeMayHaveForgottenIsLost() {
        FakeLine first = connect();
        RunId run = server.begin("far");
        taken(first);

        connect(hello(true));

        assertThat(server.finish(run).status()).isEqualTo(Status.ERROR);
        assertThat(server.step(run, FIRST).cause()).isEqualTo("lost");
    }

    @Test
    void aStepThatMayBeRepeatedStartsAgainWhenItIsLost() {
        FakeLine first = connect();
        RunId run = server.begin("again");
        Assignment lost = taken(first);

        FakeLine second = new FakeLine();
        server.nodeHost().arrived(FAR, hello(true), second);
        server.nodeHost().ready(FAR, second);

        Assignment again = taken(second);
        assertThat(again.attempt()).isNotEqualTo(lost.attempt());
        NodeGreeting late =
                server.nodeHost()
                        .arrived(
                                FAR,
                                hello(
                                        false,
                                        known(lost, Known.State.RUNNING),
                                        known(again, Known.State.RUNNING)),
                                new FakeLine());
        assertThat(late.settlements())
                .containsEntry(lost.attempt(), new Settlement.Fenced())
                .containsEntry(again.attempt(), new Settlement.Continue(LogPosition.START));
        end(again);
        assertThat(server.finish(run).status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void aNodeThatRefusesIsAskedAgainOnceItSaysThatItWorks() {
        FakeLine line = connect();
        RunId run = server.begin("far");
        Assignment refused = taken(line);

        server.nodeHost().refused(FAR, refused.attempt(), refused.fence(), "its disk is full");

        await().until(() -> server.step(run, FIRST).status() == Status.QUEUED);
        assertThat(server.client.explain(run).steps().getFirst().message())
                .contains("its disk is full");
        assertThat(line.started).hasSize(1);
        server.nodeHost().heartbeat(FAR, line, "", Set.of());
        await().until(() -> line.started.size() == 2);
        end(line.started.getLast());
        assertThat(server.finish(run).status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void aCancelIsToldAtOnceAndWithEachHeartbeat() {
        FakeLine line = connect();
        RunId run = server.begin("far");
        Assignment assignment = taken(line);

        server.client.cancel(run, new CancelRequest("enough", false));

        await().until(() -> line.stopped.contains(assignment.attempt()));
        assertThat(server.nodeHost().heartbeat(FAR, line, "", Set.of()).stops())
                .extracting(stop -> stop.attempt())
                .containsExactly(assignment.attempt());
        end(assignment);
        server.finish(run);
        await().until(() -> line.forgotten.contains(run));
    }
}
