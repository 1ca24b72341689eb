package dev.millwright.node.link;

import dev.millwright.link.v1.EndStored;
import dev.millwright.link.v1.Ended;
import dev.millwright.link.v1.HeartbeatAck;
import dev.millwright.link.v1.Hello;
import dev.millwright.link.v1.Log;
import dev.millwright.link.v1.LogStored;
import dev.millwright.link.v1.NodeMessage;
import dev.millwright.link.v1.ServerMessage;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/// The server's end of one stream.
final class FakeLine implements StreamObserver<NodeMessage> {
    private final FakeServer server;
    private final StreamObserver<ServerMessage> out;
    final BigInteger serial;
    final List<NodeMessage> received = new CopyOnWriteArrayList<>();
    private volatile Hello hello;
    volatile boolean over;

    FakeLine(FakeServer server, StreamObserver<ServerMessage> out, BigInteger serial) {
        this.server = server;
        this.out = out;
        this.serial = serial;
    }

    boolean isSettled() {
        return hello != null;
    }

    Hello hello() {
        return hello;
    }

    boolean has(Predicate<NodeMessage> message) {
        return received.stream().anyMatch(message);
    }

    synchronized void send(ServerMessage message) {
        out.onNext(message);
    }

    /// The connection breaks.
    synchronized void cut() {
        over = true;
        out.onError(Status.UNAVAILABLE.withDescription("cut").asRuntimeException());
    }

    @Override
    public void onNext(NodeMessage message) {
        if (over) {
            return;
        }
        received.add(message);
        switch (message.getMessageCase()) {
            case HELLO -> {
                send(
                        ServerMessage.newBuilder()
                                .setWelcome(server.greeting.apply(message.getHello()))
                                .build());
                hello = message.getHello();
            }
            case LOG -> stored(message.getLog());
            case ENDED -> {
                Ended end = message.getEnded();
                server.store.ends.put(end.getAttempt(), end);
                send(
                        ServerMessage.newBuilder()
                                .setEndStored(EndStored.newBuilder().setAttempt(end.getAttempt()))
                                .build());
            }
            case HEARTBEAT -> {
                if (server.acknowledging) {
                    send(
                            ServerMessage.newBuilder()
                                    .setHeartbeatAck(
                                            HeartbeatAck.newBuilder()
                                                    .setNumber(message.getHeartbeat().getNumber()))
                                    .build());
                }
            }
            default -> {
                // The test looks at what was received
            }
        }
    }

    private void stored(Log log) {
        server.store.store(log);
        if (server.cutting.test(log)) {
            cut();
            return;
        }
        send(
                ServerMessage.newBuilder()
                        .setLogStored(
                                LogStored.newBuilder()
                                        .setAttempt(log.getAttempt())
                                        .setSequence(log.getSequence()))
                        .build());
    }

    @Override
    public void onError(Throwable problem) {
        over = true;
    }

    @Override
    public synchronized void onCompleted() {
        if (!over) {
            over = true;
            out.onCompleted();
        }
    }
}
