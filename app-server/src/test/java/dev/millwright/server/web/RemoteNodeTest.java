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
import dev.millwright.model.run.Outcome;
import dev.millwright.node.Assignment;
import dev.millwright.node.AttemptEnd;
import dev.millwright.node.Settlement;
import dev.millwright.server.node.FakeLine;
import dev.millwright.server.node.NodeGreeting;
import dev.millwright.server.node.NodeHost;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What becomes of steps on a node that comes and goes.
class RemoteNodeTest extends FarNodeFixture {
    @Override
    void prepare() {
        server.pipeline("far", "steps: [{name: x, needs: {zone: far}, commands: [make]}]");
        server.pipeline(
                "again",
                "steps: [{name: x, needs: {zone: far}, on-lost: retry, commands: [make]}]");
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

        Assignment step = taken(line);
        assertThat(step.run()).isEqualTo(run);
        assertThat(server.step(run, FIRST).message()).isEmpty();
        assertThat(server.client.nodes().items())
                .extracting(node -> node.name() + " " + node.busy())
                .containsExactly("far 1", "local 0");
        complete(step);
    }

    @Test
    void theTreeSaysInTheWordsOfExplainWhyAStepWaitsForANodeThatDrains() {
        FakeLine line = connect();
        server.system.nodes().drain("far", "ada");
        RunId run = server.begin("far");
        server.awaitStep(run, FIRST, Status.QUEUED);

        assertThat(server.step(run, FIRST).message())
                .isEqualTo(
                        "node 'far': it is draining and takes nothing new until 'millwright node resume NAME'")
                .isEqualTo(server.client.explain(run).steps().getFirst().message());
        assertThat(server.step(run, FIRST).cause()).isEqualTo("node");

        server.system.nodes().resume("far", "ada");

        Assignment step = taken(line);
        assertThat(server.step(run, FIRST).message()).isEmpty();
        complete(step);
    }

    @Test
    void aStepThatOnlyWaitsForASlotSaysThatByItsCause() {
        Assignment first = take("far").step();
        RunId second = server.begin("far");

        server.awaitStep(second, FIRST, Status.QUEUED);
        assertThat(server.step(second, FIRST).cause()).isEqualTo("busy");
        assertThat(server.step(second, FIRST).message())
                .isEqualTo("node 'far': its only slot is busy");
        complete(first);
    }

    @Test
    void whatASecondTryTookIsItsOwnTime() {
        server.pipeline(
                "twice",
                "steps: [{name: x, needs: {zone: far}, retry: {attempts: 2, on: [failure]},"
                        + " commands: [make]}]");
        Taken first = take("twice");
        Instant begun = Instant.now();
        fail(first.step(), begun);
        await().until(() -> first.line().started.size() == 2);
        Assignment second = taken(first.line());
        Instant end = begun.plusSeconds(3);
        server.nodeHost()
                .ended(
                        FAR,
                        second.attempt(),
                        second.fence(),
                        new AttemptEnd(Outcome.SUCCESS, "", "", 0, Map.of(), begun, end, 0, 0, 0));
        server.finish(first.run());

        assertThat(server.step(first.run(), FIRST).attempt()).isEqualTo(2);
        assertThat(server.step(first.run(), FIRST).durationMillis()).isEqualTo(3_000);
    }

    @Test
    void betweenTwoTriesNoTimeIsTold() {
        server.pipeline(
                "later",
                "steps: [{name: x, needs: {zone: far}, retry: {attempts: 2, delay: 1h},"
                        + " commands: [make]}]");
        Taken first = take("later");

        fail(first.step(), Instant.now());

        server.awaitStep(first.run(), FIRST, Status.BLOCKED);
        assertThat(server.step(first.run(), FIRST).startedAt()).isNotNull();
        assertThat(server.step(first.run(), FIRST).durationMillis()).isNull();
        server.client.cancel(first.run(), new CancelRequest("enough", false));
    }

    private void fail(Assignment step, Instant at) {
        server.nodeHost()
                .ended(
                        FAR,
                        step.attempt(),
                        step.fence(),
                        new AttemptEnd(Outcome.FAILURE, "exit", "", 1, Map.of(), at, at, 0, 0, 0));
    }

    @Test
    void aNodeThatWasRemovedIsNotNamedAnyMore() {
        server.pipeline("apart", "steps: [{name: x, needs: {zone: none}, commands: [make]}]");
        var _ = connect();
        RunId run = server.begin("apart");
        await().until(() -> server.step(run, FIRST).message().contains("node 'far'"));

        server.system.nodes().remove(FAR);

        assertThat(server.client.explain(run).summary()).contains("no node fits: node 'local'");
        assertThat(server.client.explain(run).toString()).doesNotContain("node 'far'");
    }

    @Test
    void itsLogAndItsEndComeInOnceHoweverOftenTheyAreTold() {
        Assignment step = take("far").step();
        LogChunk chunk = chunk("far\n".getBytes(UTF_8));

        for (int i = 0; i < 3; i++) {
            server.nodeHost().log(FAR, step.attempt(), step.fence(), chunk);
        }
        end(step);
        complete(step);

        assertThat(server.client.log(step.run(), FIRST, LogQuery.tail(10)).lines())
                .extracting(LogLineView::text)
                .containsExactly("far");
        assertThat(server.client.events(EventQuery.ALL.ofType("step.finished")).items())
                .extracting(EventView::subject)
                .doesNotHaveDuplicates();
    }

    private static LogChunk chunk(byte[] line) {
        try (LogChunkWriter writer = new LogChunkWriter(LogPosition.START)) {
            writer.add(LogStream.OUT, Severity.INFO, false, true, 0, line, 0, line.length);
            return writer.cut();
        }
    }

    @Test
    void aReportOfAnotherNodeOrWithAnotherFenceChangesNothing() {
        Assignment step = take("far").step();

        server.nodeHost().ended(new NodeName("other"), step.attempt(), step.fence(), success());
        server.nodeHost().ended(FAR, step.attempt(), step.fence() + 1, success());

        assertThat(status(step.run())).isEqualTo(Status.RUNNING);
        complete(step);
    }

    @Test
    void whatTheNodeStillHasGoesOnAfterItsReturn() {
        Taken taken = take("far");
        server.nodeHost().gone(FAR, taken.line(), false);

        FakeLine second = new FakeLine();
        NodeGreeting greeting = connect(second, hello(false, running(taken.step())));

        assertThat(greeting.settlements())
                .containsEntry(taken.step().attempt(), new Settlement.Continue(LogPosition.START));
        assertThat(second.started).isEmpty();
        complete(taken.step());
    }

    @Test
    void whatNeverReachedTheNodeStartsAgainAndIsNotTakenLater() {
        Assignment lost = take("far").step();

        FakeLine second = new FakeLine();
        NodeGreeting greeting = connect(second, hello(false));

        assertThat(greeting.unknown()).containsExactly(lost.attempt());
        Assignment again = taken(second);
        assertThat(again.attempt()).isNotEqualTo(lost.attempt());
        assertThat(again.fence()).isGreaterThan(lost.fence());
        end(lost);
        assertThat(status(lost.run())).isEqualTo(Status.RUNNING);
        complete(again);
    }

    @Test
    void aStepOfANodeThatIsAwayIsSaidToWaitAndForHowLong() {
        Taken taken = take("far");

        server.nodeHost().gone(FAR, taken.line(), true);
        server.system.tick();

        assertThat(server.client.explain(taken.run()).steps().getFirst().message())
                .isEqualTo(
                        "the agent of its node 'far' was stopped; the step goes on there, and its end is known when the agent runs again;"
                                + " it counts as lost once the node has been away for 10 min (nodes.lost-after)");
    }

    @Test
    void whatTheNodeMayHaveForgottenIsLost() {
        RunId run = take("far").run();

        var _ = connect(new FakeLine(), hello(true));

        assertThat(server.finish(run).status()).isEqualTo(Status.ERROR);
        assertThat(server.step(run, FIRST).cause()).isEqualTo("lost");
    }

    @Test
    void aStepThatMayBeRepeatedStartsAgainWhenItIsLost() {
        Assignment lost = take("again").step();

        FakeLine second = new FakeLine();
        var _ = connect(second, hello(true));

        Assignment again = taken(second);
        assertThat(again.attempt()).isNotEqualTo(lost.attempt());
        NodeGreeting late =
                server.nodeHost()
                        .arrived(FAR, hello(false, running(lost), running(again)), new FakeLine());
        assertThat(late.settlements())
                .containsEntry(lost.attempt(), new Settlement.Fenced())
                .containsEntry(again.attempt(), new Settlement.Continue(LogPosition.START));
        complete(again);
    }

    private void refuse(Assignment step, NodeHost.Refusal refusal) {
        server.nodeHost().refused(FAR, step.attempt(), step.fence(), refusal);
    }

    @Test
    void aNodeThatRefusesIsAskedAgainOnceItSaysThatItWorks() {
        Taken taken = take("far");
        FakeLine line = taken.line();
        Assignment refused = taken.step();

        refuse(refused, new NodeHost.Refusal("its disk is full", ""));

        server.awaitStep(taken.run(), FIRST, Status.QUEUED);
        assertThat(server.client.explain(taken.run()).steps().getFirst().message())
                .contains("its disk is full");
        assertThat(line.started).hasSize(1);
        server.nodeHost().heartbeat(FAR, line, "", Set.of());
        await().until(() -> line.started.size() == 2);
        complete(taken(line));
    }

    @Test
    void aNodeThatLacksARunnerIsNotTakenForOneThatTakesNothing() {
        Taken taken = take("far");

        refuse(taken.step(), new NodeHost.Refusal("no such runner", "container"));

        await().until(() -> taken.line().started.size() == 2);
        complete(taken(taken.line()));
    }

    @Test
    void aRunThatNoNodeTakesWaitsAndGoesOnByItselfAsSoonAsThereIsSpace() {
        FakeLine line = connect();
        line.broken = "the disk of /node is full";
        RunId run = server.begin("far");
        server.awaitStep(run, FIRST, Status.QUEUED);
        await().until(() ->
                server.client.explain(run).steps().getFirst().message().contains("is full"));
        server.nodeHost().heartbeat(FAR, line, "the disk of /node is full", Set.of());
        assertThat(server.step(run, FIRST).status()).isEqualTo(Status.QUEUED);

        line.broken = "";
        server.nodeHost().heartbeat(FAR, line, "", Set.of());

        complete(taken(line));
    }

    @Test
    void aCancelIsToldAtOnceAndWithEachHeartbeat() {
        Taken taken = take("far");
        FakeLine line = taken.line();

        server.client.cancel(taken.run(), new CancelRequest("enough", false));

        await().until(() -> line.stopped.contains(taken.step().attempt()));
        assertThat(server.nodeHost().heartbeat(FAR, line, "", Set.of()).stops())
                .extracting(stop -> stop.attempt())
                .containsExactly(taken.step().attempt());
        end(taken.step());
        server.finish(taken.run());
        await().until(() -> line.forgotten.contains(taken.run()));
    }
}
