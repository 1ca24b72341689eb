package dev.millwright.server.link;

import static dev.millwright.server.link.LinkTalk.ATTEMPT;
import static dev.millwright.server.link.LinkTalk.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millwright.engine.progress.Action;
import dev.millwright.link.v1.Dismissed;
import dev.millwright.link.v1.Facts;
import dev.millwright.link.v1.Goodbye;
import dev.millwright.link.v1.Log;
import dev.millwright.link.v1.NodeMessage;
import dev.millwright.link.v1.Pair;
import dev.millwright.link.v1.Refused;
import dev.millwright.link.v1.ServerMessage;
import dev.millwright.link.v1.Taken;
import dev.millwright.model.Parameters;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import dev.millwright.node.Assignment;
import dev.millwright.node.NodeException;
import dev.millwright.node.link.Wire;
import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is said on the stream of one node.
final class LinkConversationTest {
    private final LinkTrial trial = new LinkTrial();

    @AfterEach
    void close() {
        trial.close();
    }

    @Test
    void nodeIsWelcomedAndSettled() throws Exception {
        long before = System.currentTimeMillis();
        var welcome = trial.node("n1").talk().say(LinkTalk.hello()).hear().getWelcome();
        assertThat(welcome.getNowMillis()).isBetween(before, System.currentTimeMillis());

        assertThat(welcome.getNode()).isEqualTo("n1");
        assertThat(welcome.getProtocol()).isEqualTo(Wire.PROTOCOL);
        assertThat(welcome.getHeartbeatMillis()).isEqualTo(3000);
        assertThat(welcome.getServersList()).containsExactly("one:10001", "two:10001");
        assertThat(welcome.getSettled(0).getAttempt()).isEqualTo(ATTEMPT.toString());
        assertThat(welcome.getSettled(0).getForget()).isTrue();
        assertThat(welcome.getFinishedRunsList()).containsExactly(LinkTalk.RUN);
        assertThat(welcome.getDraining()).isTrue();
        await().until(() -> trial.host.calls.contains("ready n1"));
        assertThat(trial.host.calls).containsExactly("arrived n1 with 1", "ready n1");
    }

    @Test
    void workIsAssignedAndReportedInOrder() throws Exception {
        var talk = trial.node("n1").talk().greet();
        var line = trial.host.lines.getFirst();

        line.start(assignment());
        line.stop(ATTEMPT, Action.Reason.TIMEOUT, Duration.ofSeconds(5));
        line.forgetRun(RunId.parse(LinkTalk.RUN));
        assertThat(Wire.assignment(talk.hear().getAssign()).attempt()).isEqualTo(ATTEMPT);
        assertThat(talk.hear().getStop().getReason()).isEqualTo("timeout");
        assertThat(talk.hear().getForgetRun().getRun()).isEqualTo(LinkTalk.RUN);

        talk.say(taken()).say(LinkTalk.log(ATTEMPT, 0)).say(LinkTalk.log(ATTEMPT, 1));
        talk.say(LinkTalk.ended(ATTEMPT));
        assertThat(talk.hear().getLogStored().getSequence()).isZero();
        assertThat(talk.hear().getLogStored().getSequence()).isEqualTo(1);
        assertThat(talk.hear().getEndStored().getAttempt()).isEqualTo(ATTEMPT.toString());
        assertThat(trial.host.calls)
                .endsWith(
                        "taken " + ATTEMPT,
                        "log " + ATTEMPT + " 4 0",
                        "log " + ATTEMPT + " 4 1",
                        "ended " + ATTEMPT + " 4 success");
    }

    @Test
    void refusalsAndFactsAreHandedOn() throws Exception {
        var refused =
                Refused.newBuilder().setAttempt(ATTEMPT.toString()).setFence(9).setReason("full");
        var lacking =
                Refused.newBuilder()
                        .setAttempt(ATTEMPT.toString())
                        .setFence(10)
                        .setReason("none")
                        .setMissingRunner("container");
        var facts = Facts.newBuilder().addFacts(Pair.newBuilder().setKey("arch").setValue("arm64"));
        trial.node("n1")
                .talk()
                .greet()
                .say(NodeMessage.newBuilder().setRefused(refused).build())
                .say(NodeMessage.newBuilder().setRefused(lacking).build())
                .say(NodeMessage.newBuilder().setFacts(facts).build());

        await().untilAsserted(() ->
                assertThat(trial.host.calls)
                        .contains(
                                "refused " + ATTEMPT + " 9 full",
                                "refused " + ATTEMPT + " 10 none container",
                                "facts {arch=arm64}"));
    }

    @Test
    void heartbeatIsAnsweredWithWhatMayHaveBeenLost() throws Exception {
        var ack =
                trial.node("n1").talk().greet().say(LinkTalk.heartbeat(7)).hear().getHeartbeatAck();

        assertThat(ack.getNumber()).isEqualTo(7);
        assertThat(ack.getDraining()).isTrue();
        assertThat(ack.getServersCount()).isEqualTo(2);
        assertThat(ack.getStops(0).getReason()).isEqualTo("fail-fast");
        assertThat(ack.getStops(0).getGraceMillis()).isEqualTo(7000);
        assertThat(trial.host.calls).contains("heartbeat n1 'disk full' [r]");
    }

    @Test
    void chunkThatCouldNotBeStoredIsNotAcknowledgedAndCanBeRepeated() throws Exception {
        trial.host.logFailures.set(1);
        var talk = trial.node("n1").talk().greet();

        talk.say(LinkTalk.log(ATTEMPT, 0)).say(LinkTalk.ended(ATTEMPT));
        assertThat(talk.hear().hasEndStored()).isTrue();
        assertThat(trial.host.callsOf("log")).isEmpty();

        talk.say(LinkTalk.log(ATTEMPT, 0));
        assertThat(talk.hear().getLogStored().getSequence()).isZero();
    }

    @Test
    void answerThatCouldNotBeTakenInCutsTheLine() throws Exception {
        trial.host.answerFailures.set(1);

        var talk = trial.node("n1").talk().greet().say(taken());

        assertThat(talk.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        await().until(() -> trial.host.calls.contains("gone n1"));
    }

    @Test
    void slowLogHoldsUpNeitherHeartbeatsNorOtherAttempts() throws Exception {
        var latch = new CountDownLatch(1);
        trial.host.blocked.put(ATTEMPT, latch);
        var talk = trial.node("n1").talk().greet();

        talk.say(LinkTalk.log(ATTEMPT, 0)).say(LinkTalk.log(OTHER, 0)).say(LinkTalk.heartbeat(1));
        var first = talk.hear();
        var second = talk.hear();
        assertThat(first.hasHeartbeatAck() || second.hasHeartbeatAck()).isTrue();
        assertThat(first.hasLogStored() ? first : second)
                .extracting(message -> message.getLogStored().getAttempt())
                .isEqualTo(OTHER.toString());

        latch.countDown();
        assertThat(talk.hear().getLogStored().getAttempt()).isEqualTo(ATTEMPT.toString());
    }

    @Test
    void nodeThatSendsFasterThanIsStoredIsHeldBackAndThenHeard() throws Exception {
        var latch = new CountDownLatch(1);
        trial.host.blocked.put(ATTEMPT, latch);
        var talk = trial.node("n1").talk().greet();

        for (int sequence = 0; sequence < 64; sequence++) {
            talk.say(LinkTalk.log(ATTEMPT, sequence));
        }
        talk.say(LinkTalk.log(OTHER, 0));
        // Nothing of the other attempt is read before there is room
        await().during(Duration.ofMillis(300)).until(talk::hasHeardNothing);

        latch.countDown();
        for (int message = 0; message < 65; message++) {
            assertThat(talk.hear().hasLogStored()).isTrue();
        }
        assertThat(trial.host.callsOf("log")).hasSize(65);
    }

    @Test
    void firstMessageHasToBeHello() throws Exception {
        var talk = trial.node("n1").talk().say(LinkTalk.heartbeat(1));

        assertThat(talk.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(talk.end().getDescription()).contains("Hello");
        assertThat(trial.host.calls).isEmpty();
    }

    @Test
    void secondHelloEndsTheStream() throws Exception {
        var talk = trial.node("n1").talk().greet().say(LinkTalk.hello());

        assertThat(talk.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        await().until(() -> trial.host.calls.contains("gone n1"));
        assertThat(trial.host.callsOf("arrived")).hasSize(1);
    }

    @Test
    void versionThatTheServerDoesNotSpeakIsDismissedWithWords() throws Exception {
        var talk = trial.node("n1").talk().say(LinkTalk.hello(Wire.PROTOCOL + 2));

        ServerMessage last = talk.hear();
        assertThat(last.getDismissed().getCode()).isEqualTo(Dismissed.Code.PROTOCOL);
        assertThat(last.getDismissed().getReason()).contains("upgrade the servers first");
        assertThat(talk.end().isOk()).isTrue();
        assertThat(trial.host.calls).isEmpty();
    }

    @Test
    void nonsenseEndsTheStreamWithWords() throws Exception {
        var talk = trial.node("n1").talk().greet();
        var log = Log.newBuilder().setAttempt("no\nid".repeat(1000));

        talk.say(NodeMessage.newBuilder().setLog(log).build());

        assertThat(talk.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(talk.end().getDescription()).contains("no?id").hasSizeLessThan(400);
    }

    @Test
    void chunkOverTheLimitEndsTheStream() throws Exception {
        var talk = trial.node("n1").talk().greet().say(LinkTalk.log(ATTEMPT, 0, 64 * 1024 + 1));

        assertThat(talk.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(trial.host.callsOf("log")).isEmpty();
    }

    @Test
    void goodbyeIsToldAfterEverythingThatWasReported() throws Exception {
        var latch = new CountDownLatch(1);
        trial.host.blocked.put(ATTEMPT, latch);
        var talk = trial.node("n1").talk().greet().say(LinkTalk.log(ATTEMPT, 0));
        talk.say(NodeMessage.newBuilder().setGoodbye(Goodbye.getDefaultInstance()).build());

        latch.countDown();
        assertThat(talk.hear().hasLogStored()).isTrue();
        assertThat(talk.end().isOk()).isTrue();
        assertThat(trial.host.calls).endsWith("log " + ATTEMPT + " 4 0", "gone n1 in order");
    }

    @Test
    void hostThatCannotWelcomeMakesTheNodeComeAgain() throws Exception {
        trial.host.refusesAll = true;
        var client = trial.node("n1");
        assertThat(client.talk().say(LinkTalk.hello()).end().getCode())
                .isEqualTo(Status.Code.UNAVAILABLE);

        // It may have become a node of this server halfway
        await().until(() -> trial.host.callsOf("gone").size() == 1);
        trial.host.refusesAll = false;
        client.talk().greet();
        assertThat(trial.host.callsOf("gone")).hasSize(1);
    }

    @Test
    void brokenConnectionIsGoneOnceAndTheNodeCanComeBack() throws Exception {
        var keys = trial.authority.node("n1");
        var first = trial.client(keys);
        first.talk().greet();
        first.close();
        await().until(() -> trial.host.calls.contains("gone n1"));

        trial.client(keys).talk().greet();
        assertThat(trial.host.callsOf("arrived")).hasSize(2);
        assertThat(trial.host.callsOf("gone")).hasSize(1);
        assertThatThrownBy(() -> trial.host.lines.getFirst().start(assignment()))
                .isInstanceOf(NodeException.class);
    }

    private static NodeMessage taken() {
        return NodeMessage.newBuilder()
                .setTaken(Taken.newBuilder().setAttempt(ATTEMPT.toString()))
                .build();
    }

    private static Assignment assignment() {
        return Assignment.builder(
                        ATTEMPT,
                        4,
                        RunId.parse(LinkTalk.RUN),
                        StepPath.parse("0/0"),
                        "shell",
                        new Parameters(Map.of("run", "true")))
                .build();
    }
}
