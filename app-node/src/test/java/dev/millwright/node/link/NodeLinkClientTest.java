package dev.millwright.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.link.v1.Assign;
import dev.millwright.link.v1.Hello;
import dev.millwright.link.v1.KnownAttempt;
import dev.millwright.link.v1.NodeMessage;
import dev.millwright.link.v1.Position;
import dev.millwright.link.v1.ServerMessage;
import dev.millwright.link.v1.Settled;
import dev.millwright.link.v1.Stop;
import dev.millwright.link.v1.Welcome;
import dev.millwright.node.Assignment;
import dev.millwright.node.ScriptStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// The work that goes over the link.
class NodeLinkClientTest extends LinkFixture {
    /// All attempts of the Hello go on.
    private static Welcome goOn(Hello hello) {
        return settled(hello, one -> one.setGoOn(Position.getDefaultInstance()));
    }

    /// All attempts of the Hello are settled in the same way.
    private static Welcome settled(Hello hello, UnaryOperator<Settled.Builder> how) {
        Welcome.Builder welcome = FakeServer.welcome();
        hello.getAttemptsList()
                .forEach(known ->
                        welcome.addSettled(
                                how.apply(Settled.newBuilder().setAttempt(known.getAttempt()))));
        return welcome.build();
    }

    private boolean hasEnded(Assignment step) {
        return store.ends.containsKey(step.attempt().toString());
    }

    @Test
    void introducesItself() {
        try (TestNode _ = node()) {
            Hello hello = server.line(0).hello();
            assertThat(hello.getProtocol()).isEqualTo(Wire.PROTOCOL);
            assertThat(Pairs.map(hello.getLabelsList())).containsEntry("zone", "a");
            assertThat(Pairs.map(hello.getFactsList())).containsEntry("os", "linux");
            assertThat(hello.getRunnersList()).containsExactly("process");
            assertThat(hello.getLife()).isEqualTo("life-1");
            assertThat(hello.getSlots()).isEqualTo(8);
            until(() -> server.line(0).has(NodeMessage::hasHeartbeat));
        }
    }

    @Test
    void carriesOutWhatItIsGivenAndReportsIt() {
        try (TestNode node = node()) {
            Assignment step = ScriptStep.of("echo hello; exit 3");
            server.line(0).send(TestNode.assign(step));

            until(() -> hasEnded(step));
            until(() -> server.line(0).has(NodeMessage::hasTaken));
            assertThat(store.outBytes(step.attempt().toString())).isEqualTo(6);
            var end = store.ends.get(step.attempt().toString());
            assertThat(end.getFence()).isEqualTo(7);
            assertThat(end.getExitCode()).isEqualTo(3);
            node.awaitForgotten(step);
        }
    }

    @Test
    void stopsAStep() {
        try (TestNode _ = node()) {
            Assignment step = ScriptStep.of("sleep 100");
            server.line(0).send(TestNode.assign(step));
            server.line(0)
                    .send(
                            ServerMessage.newBuilder()
                                    .setStop(
                                            Stop.newBuilder()
                                                    .setAttempt(step.attempt().toString())
                                                    .setReason("cancel"))
                                    .build());
            until(() -> hasEnded(step));
            assertThat(store.ends.get(step.attempt().toString()).getOutcome())
                    .isEqualTo("cancellation");
        }
    }

    @Test
    void losesNoByteWhenTheConnectionBreaksInTheMiddleOfALog() {
        server.greeting = NodeLinkClientTest::goOn;
        try (TestNode node = node()) {
            Assignment step =
                    ScriptStep.of(
                            "i=0; while [ $i -lt 40000 ]; do echo line number $i; i=$((i+1)); done;"
                                    + " wc -c < /dev/null");
            Set<Integer> cuts = ConcurrentHashMap.newKeySet();
            cuts.addAll(List.of(1, 3, 4));
            server.cutting = log -> cuts.remove(log.getSequence());
            server.line(0).send(TestNode.assign(step));
            assertThat(server.line(1).hello().getAttemptsList())
                    .extracting(KnownAttempt::getAttempt)
                    .containsExactly(step.attempt().toString());

            until(() -> hasEnded(step));
            assertThat(cuts).isEmpty();
            assertThat(server.lines).hasSize(4);
            long bytes = 0;
            for (int i = 0; i < 40_000; i++) {
                bytes += ("line number " + i + "\n").length();
            }
            assertThat(store.outBytes(step.attempt().toString())).isEqualTo(bytes + 2);
            assertThat(store.ends.get(step.attempt().toString()).getOutBytes())
                    .isEqualTo(bytes + 2);
            node.awaitForgotten(step);
        }
    }

    @Test
    void deliversWhatEndedWhileNoServerWasThere() {
        server.greeting = NodeLinkClientTest::goOn;
        int port = server.port();
        try (TestNode node = node()) {
            Assignment step =
                    ScriptStep.of("while [ ! -e go ]; do sleep 0.02; done; echo done; touch said");
            server.line(0).send(TestNode.assign(step));
            until(() -> server.line(0).has(NodeMessage::hasTaken));
            server.close();
            node.go(step);
            until(() -> Files.exists(node.workspace(step).resolve("said")));

            try (FakeServer back = FakeServer.start(authority, store, port)) {
                back.greeting = NodeLinkClientTest::goOn;
                until(() -> hasEnded(step));
                assertThat(back.line(0).hello().getAttemptsList()).hasSize(1);
                node.awaitForgotten(step);
            }
        }
    }

    @Test
    void killsWhatIsFencedAndReportsNothingMoreOfIt() {
        server.greeting = hello -> settled(hello, one -> one.setFenced(true));
        try (TestNode node = node()) {
            Assignment step = ScriptStep.of("echo $$ > pid; echo up; sleep 100");
            server.cutting = _ -> true;
            server.line(0).send(TestNode.assign(step));
            FakeLine second = server.line(1);

            node.awaitForgotten(step);
            long pid = Long.parseLong(read(node.workspace(step).resolve("pid")));
            until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
            assertThat(second.has(NodeMessage::hasLog)).isFalse();
            assertThat(second.has(NodeMessage::hasEnded)).isFalse();
            assertThat(hasEnded(step)).isFalse();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    @Test
    void refusesWhatTheServerGaveUp() {
        Assignment lost = ScriptStep.of("true");
        server.greeting =
                _ -> FakeServer.welcome().addUnknownAttempts(lost.attempt().toString()).build();
        try (TestNode _ = node()) {
            server.line(0).send(TestNode.assign(lost));

            until(() -> server.line(0).has(NodeMessage::hasRefused));
            assertThat(server.line(0).has(NodeMessage::hasTaken)).isFalse();
        }
    }

    @Test
    void refusesWhatItHasNoRunnerForAndSaysWhichOne() {
        Assign wanted =
                TestNode.assign(ScriptStep.of("true")).getAssign().toBuilder()
                        .setRunner("container")
                        .build();
        try (TestNode _ = node()) {
            FakeLine line = server.line(0);
            line.send(ServerMessage.newBuilder().setAssign(wanted).build());

            until(() -> line.has(one -> one.getRefused().getMissingRunner().equals("container")));
        }
    }

    @Test
    void takesNothingNewWhileItHasNoRoomAndRecovers() {
        try (TestNode node = node()) {
            node.refusal = "the disk is full";
            Assignment step = ScriptStep.of("true");
            server.line(0).send(TestNode.assign(step));
            until(() ->
                    server.line(0)
                            .has(one -> one.getRefused().getReason().equals("the disk is full")));
            assertThat(server.line(0).has(one -> !one.getRefused().getMissingRunner().isEmpty()))
                    .isFalse();
            until(() ->
                    server.line(0)
                            .has(one ->
                                    one.getHeartbeat().getRefusal().equals("the disk is full")));

            node.refusal = "";
            server.line(0).send(TestNode.assign(step));
            until(() -> hasEnded(step));
        }
    }

    @Test
    void doesNotRefuseWhatItHasTakenBefore() {
        try (TestNode node = node()) {
            FakeLine line = server.line(0);
            Assignment step = ScriptStep.of("while [ ! -e go ]; do sleep 0.02; done");
            line.send(TestNode.assign(step));
            until(() -> line.has(NodeMessage::hasTaken));
            node.refusal = "the disk is full";
            line.send(TestNode.assign(step));

            until(() -> line.received.stream().filter(NodeMessage::hasTaken).count() == 2);
            assertThat(line.has(NodeMessage::hasRefused)).isFalse();
            node.go(step);
            until(() -> hasEnded(step));
        }
    }
}
