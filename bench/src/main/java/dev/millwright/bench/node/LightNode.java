package dev.millwright.bench.node;

import dev.millwright.link.v1.Assign;
import dev.millwright.link.v1.Ended;
import dev.millwright.link.v1.Heartbeat;
import dev.millwright.link.v1.Hello;
import dev.millwright.link.v1.KnownAttempt;
import dev.millwright.link.v1.NodeLinkGrpc;
import dev.millwright.link.v1.NodeMessage;
import dev.millwright.link.v1.ServerMessage;
import dev.millwright.link.v1.Taken;
import dev.millwright.node.link.Backoff;
import dev.millwright.node.link.LinkSettings;
import dev.millwright.node.link.Pairs;
import dev.millwright.node.link.Wire;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A node that takes every step and says at once that it ended well. Comes again when its
/// connection breaks, after the same pauses as a real one. Any thread.
final class LightNode {
    private static final long MICROS = 1000;
    private static final Map<String, String> FACTS =
            Map.of(
                    "os", "linux",
                    "os.name", "Debian GNU/Linux",
                    "os.version", "13",
                    "arch", "amd64",
                    "cpus", "8",
                    "cpu.model", "a processor with a long name @ 3.20GHz",
                    "memory", "32Gi",
                    "disk.free", "120Gi",
                    "git", "2.47.3",
                    "jdk", "25.0.3");

    private final Crowd crowd;
    private final Membership membership;
    private final int place;
    private final String life = UUID.randomUUID().toString();
    private final Backoff backoff = Backoff.of(LinkSettings.DEFAULT, RandomGenerator.getDefault());

    /// What the server has not acknowledged yet.
    private final Map<String, Ended> ends = new LinkedHashMap<>();

    private @Nullable Stream stream;
    private long connections;
    private boolean closed;

    LightNode(Crowd crowd, Membership membership, int place) {
        this.crowd = crowd;
        this.membership = membership;
        this.place = place;
    }

    synchronized void connect() {
        if (!closed) {
            ManagedChannel channel = crowd.network().open(place, membership.tls());
            Stream next = new Stream(channel);
            stream = next;
            next.out = NodeLinkGrpc.newStub(channel).connect(next);
            next.say(NodeMessage.newBuilder().setHello(hello()).build());
        }
    }

    private Hello hello() {
        Hello.Builder hello =
                Hello.newBuilder()
                        .setProtocol(Wire.PROTOCOL)
                        .setConnection(++connections)
                        .setVersion("0.1.0")
                        .setBoot(life)
                        .setLife(life)
                        .addAllFacts(Pairs.of(FACTS))
                        .addRunners("process")
                        .setSlots(2);
        ends.values()
                .forEach(end ->
                        hello.addAttempts(
                                KnownAttempt.newBuilder()
                                        .setAttempt(end.getAttempt())
                                        .setFence(end.getFence())
                                        .setState(KnownAttempt.State.ENDED)));
        return hello.build();
    }

    synchronized void close() {
        closed = true;
        Stream open = stream;
        if (open != null) {
            open.channel.shutdownNow();
        }
    }

    private synchronized void handle(Stream over, ServerMessage message) {
        if (over != stream) {
            return;
        }
        switch (message.getMessageCase()) {
            case WELCOME -> {
                over.greeted = true;
                backoff.succeeded();
                crowd.arrived(1);
                message.getWelcome().getSettledList().stream()
                        .filter(settled -> !settled.hasGoOn())
                        .forEach(settled -> ends.remove(settled.getAttempt()));
                ends.values().forEach(end -> over.say(said(end)));
                long pause = message.getWelcome().getHeartbeatMillis();
                // Nodes do not beat as one
                beatAfter(over, ThreadLocalRandom.current().nextLong(pause), pause);
            }
            case ASSIGN -> take(over, message.getAssign());
            case END_STORED -> ends.remove(message.getEndStored().getAttempt());
            case STOP,
                    LOG_STORED,
                    HEARTBEAT_ACK,
                    FORGET_RUN,
                    DISMISSED,
                    PLUGINS,
                    MESSAGE_NOT_SET -> {
                // Nothing to do: what it has taken has ended, and the stream ends by itself
            }
        }
    }

    private void take(Stream over, Assign assign) {
        over.say(
                NodeMessage.newBuilder()
                        .setTaken(Taken.newBuilder().setAttempt(assign.getAttempt()))
                        .build());
        crowd.tookOne();
        long now = System.currentTimeMillis() * MICROS;
        Ended end =
                Ended.newBuilder()
                        .setAttempt(assign.getAttempt())
                        .setFence(assign.getFence())
                        .setOutcome("success")
                        .setCause("exit")
                        .setExitCode(0)
                        .setStartedAtMicros(now)
                        .setEndedAtMicros(now)
                        .build();
        ends.put(assign.getAttempt(), end);
        over.say(said(end));
    }

    private static NodeMessage said(Ended end) {
        return NodeMessage.newBuilder().setEnded(end).build();
    }

    private void beatAfter(Stream over, long millis, long pause) {
        crowd.beatAfter(millis, () -> beat(over, pause));
    }

    private synchronized void beat(Stream over, long pause) {
        if (over == stream && over.greeted) {
            over.say(
                    NodeMessage.newBuilder()
                            .setHeartbeat(Heartbeat.newBuilder().setNumber(++over.beats))
                            .build());
            beatAfter(over, pause, pause);
        }
    }

    private synchronized void over(Stream ended) {
        if (ended != stream) {
            return;
        }
        stream = null;
        if (ended.greeted) {
            crowd.arrived(-1);
        }
        ended.channel.shutdownNow();
        if (!closed) {
            crowd.connectAfter(backoff.failed(), this::connect);
        }
    }

    private final class Stream implements StreamObserver<ServerMessage> {
        private final ManagedChannel channel;
        private @Nullable StreamObserver<NodeMessage> out;
        private boolean greeted;
        private long beats;

        Stream(ManagedChannel channel) {
            this.channel = channel;
        }

        void say(NodeMessage message) {
            StreamObserver<NodeMessage> open = out;
            if (open != null) {
                try {
                    open.onNext(message);
                } catch (IllegalStateException broken) {
                    // gRPC tells of the end of the stream by itself
                }
            }
        }

        @Override
        public void onNext(ServerMessage message) {
            handle(this, message);
        }

        @Override
        public void onError(Throwable failure) {
            crowd.broken(failure);
            over(this);
        }

        @Override
        public void onCompleted() {
            over(this);
        }
    }
}
