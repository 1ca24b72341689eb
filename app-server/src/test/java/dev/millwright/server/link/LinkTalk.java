package dev.millwright.server.link;

import com.google.protobuf.ByteString;
import dev.millwright.link.v1.Ended;
import dev.millwright.link.v1.Heartbeat;
import dev.millwright.link.v1.Hello;
import dev.millwright.link.v1.KnownAttempt;
import dev.millwright.link.v1.Log;
import dev.millwright.link.v1.NodeMessage;
import dev.millwright.model.AttemptId;
import dev.millwright.node.link.Wire;
import java.util.UUID;

/// What nodes say in these tests.
final class LinkTalk {
    static final AttemptId ATTEMPT = new AttemptId(new UUID(0, 1));
    static final AttemptId OTHER = new AttemptId(new UUID(0, 2));
    static final String RUN = new UUID(0, 3).toString();

    private LinkTalk() {}

    static NodeMessage hello() {
        return hello(Wire.PROTOCOL);
    }

    static NodeMessage hello(int protocol) {
        return NodeMessage.newBuilder()
                .setHello(
                        Hello.newBuilder()
                                .setProtocol(protocol)
                                .setVersion("0.1.0")
                                .setSlots(2)
                                .addRuns(RUN)
                                .addAttempts(
                                        KnownAttempt.newBuilder()
                                                .setAttempt(ATTEMPT.toString())
                                                .setFence(4)
                                                .setRun(RUN)
                                                .setPath("0/0")
                                                .setState(KnownAttempt.State.ENDED)))
                .build();
    }

    static NodeMessage heartbeat(long number) {
        return NodeMessage.newBuilder()
                .setHeartbeat(
                        Heartbeat.newBuilder()
                                .setNumber(number)
                                .setRefusal("disk full")
                                .addRepositories("r"))
                .build();
    }

    static NodeMessage log(AttemptId attempt, int sequence) {
        return log(attempt, sequence, 10);
    }

    static NodeMessage log(AttemptId attempt, int sequence, int bytes) {
        return NodeMessage.newBuilder()
                .setLog(
                        Log.newBuilder()
                                .setAttempt(attempt.toString())
                                .setFence(4)
                                .setSequence(sequence)
                                .setData(ByteString.copyFrom(new byte[bytes])))
                .build();
    }

    static NodeMessage ended(AttemptId attempt) {
        return NodeMessage.newBuilder()
                .setEnded(
                        Ended.newBuilder()
                                .setAttempt(attempt.toString())
                                .setFence(4)
                                .setOutcome("success"))
                .build();
    }
}
