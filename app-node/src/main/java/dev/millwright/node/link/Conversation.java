package dev.millwright.node.link;

import dev.millwright.link.v1.Dismissed;
import dev.millwright.link.v1.Goodbye;
import dev.millwright.link.v1.HeartbeatAck;
import dev.millwright.link.v1.Hello;
import dev.millwright.link.v1.NodeMessage;
import dev.millwright.link.v1.ServerMessage;
import dev.millwright.link.v1.Welcome;
import dev.millwright.model.AttemptId;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One conversation with one server, from Hello to its end. One thread; one message at a time.
final class Conversation {
    private static final Logger log = LoggerFactory.getLogger(Conversation.class);

    private final Parts parts;
    private final String server;
    private final ServerTrust trust;
    private final LinkStream stream;
    private final RunnersLine runners;
    private boolean settled;
    private long heard = System.nanoTime();
    private long heartbeatNanos;
    private long nextHeartbeat;
    private long heartbeats;

    /// What all conversations of a node share.
    record Parts(
            LinkedNode node,
            NodeIdentity identity,
            ServerOrders orders,
            LinkReports reports,
            FactsLine facts,
            ServerClock clock,
            LinkNews news,
            LinkSettings settings) {}

    Conversation(
            Parts parts,
            String server,
            ServerTrust trust,
            LinkStream stream,
            LinkPluginSource plugins) {
        this.parts = parts;
        this.server = server;
        this.trust = trust;
        this.stream = stream;
        this.runners = new RunnersLine(parts.node(), plugins);
    }

    /// Whether the server has answered the Hello.
    boolean wasSettled() {
        return settled;
    }

    Ending hold() throws InterruptedException {
        try {
            Hello hello =
                    parts.node().hello(parts.identity().nextConnection(), parts.facts().forHello());
            runners.said(hello);
            stream.accept(NodeMessage.newBuilder().setHello(hello).build());
            Ending ending = null;
            while (ending == null) {
                ending = next();
            }
            return ending;
        } finally {
            parts.reports().broken();
            parts.facts().broken();
            runners.broken();
        }
    }

    private @Nullable Ending next() throws InterruptedException {
        long now = System.nanoTime();
        long silence = parts.settings().silence().toNanos();
        if (now - heard >= silence) {
            return new Ending.Broken(
                    "the server at %s has not answered for %s"
                            .formatted(server, words(parts.settings().silence())));
        }
        if (settled && now - nextHeartbeat >= 0) {
            nextHeartbeat = now + heartbeatNanos;
            stream.accept(
                    NodeMessage.newBuilder()
                            .setHeartbeat(parts.node().heartbeat(++heartbeats))
                            .build());
            runners.tell(stream);
        }
        long wait = heard + silence - now;
        LinkStream.Event event = stream.next(settled ? Math.min(wait, nextHeartbeat - now) : wait);
        return switch (event) {
            case null -> null;
            case LinkStream.Event.Message(var message) -> handle(message);
            case LinkStream.Event.Over(var status) -> over(status);
            case LinkStream.Event.Interrupted _ -> goodbye();
        };
    }

    private static String words(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    private @Nullable Ending handle(ServerMessage message) {
        switch (message.getMessageCase()) {
            case WELCOME -> {
                return welcome(message.getWelcome());
            }
            case DISMISSED -> {
                return dismissed(message.getDismissed());
            }
            case ASSIGN -> stream.accept(parts.orders().take(message.getAssign()));
            case STOP -> parts.orders().stop(message.getStop());
            case LOG_STORED ->
                    parts.reports()
                            .logStored(
                                    AttemptId.parse(message.getLogStored().getAttempt()),
                                    message.getLogStored().getSequence());
            case END_STORED ->
                    parts.reports().endStored(AttemptId.parse(message.getEndStored().getAttempt()));
            case HEARTBEAT_ACK -> acknowledged(message.getHeartbeatAck());
            case FORGET_RUN -> parts.orders().forgetRun(message.getForgetRun().getRun());
            case PLUGINS -> runners.plugins(message.getPlugins());
            case MESSAGE_NOT_SET ->
                    log.warn("the server at {} says what this version does not know", server);
        }
        return null;
    }

    private @Nullable Ending welcome(Welcome welcome) {
        int protocol = welcome.getProtocol();
        if (protocol > Wire.PROTOCOL || protocol < Math.max(1, Wire.PROTOCOL - 1)) {
            return new Ending.Refused(
                    "the server at %s speaks version %d of the link, this node %d"
                            .formatted(server, protocol, Wire.PROTOCOL));
        }
        heard = System.nanoTime();
        parts.identity().learn(welcome.getServersList());
        parts.clock().learn(server, welcome.getNowMillis());
        parts.orders().settle(welcome);
        heartbeatNanos = TimeUnit.MILLISECONDS.toNanos(Math.max(1, welcome.getHeartbeatMillis()));
        nextHeartbeat = heard;
        settled = true;
        log.info(parts.news().connected(server, welcome.getNode(), heard));
        parts.reports().settled(stream);
        parts.facts().settled(stream);
        return null;
    }

    private void acknowledged(HeartbeatAck answer) {
        heard = System.nanoTime();
        answer.getStopsList().forEach(parts.orders()::stop);
        parts.orders().drain(answer.getDraining());
        parts.identity().learn(answer.getServersList());
        parts.clock().learn(server, answer.getNowMillis());
    }

    private Ending dismissed(Dismissed why) {
        String reason = why.getReason();
        return switch (why.getCode()) {
            case GOING_DOWN -> new Ending.GoingDown("the server at " + server + " goes down");
            case REMOVED -> removed(reason);
            case REPLACED ->
                    new Ending.Refused(
                            ("another agent uses the identity of this node and has taken its"
                                            + " place: %s; each agent needs a --root of its own")
                                    .formatted(reason));
            case PROTOCOL ->
                    new Ending.Refused(
                            "the server at %s does not speak this version of the link: %s"
                                    .formatted(server, reason));
            case CODE_UNSPECIFIED, UNRECOGNIZED ->
                    new Ending.Broken("the server at %s ends it: %s".formatted(server, reason));
        };
    }

    private Ending removed(String reason) {
        parts.orders().removed();
        return new Ending.Removed("this node may not work any more: " + reason);
    }

    private Ending over(Status status) {
        String words = LinkFailure.words(server, trust, status);
        return switch (status.getCode()) {
            case NOT_FOUND -> removed(words);
            case UNAUTHENTICATED, PERMISSION_DENIED -> new Ending.Refused(words);
            default -> new Ending.Broken(words);
        };
    }

    /// The server ends the stream when it has read the farewell.
    private Ending goodbye() throws InterruptedException {
        stream.accept(NodeMessage.newBuilder().setGoodbye(Goodbye.getDefaultInstance()).build());
        stream.complete();
        long end = System.nanoTime() + parts.settings().farewell().toNanos();
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            if (stream.next(left) instanceof LinkStream.Event.Over) {
                break;
            }
        }
        return new Ending.Closed();
    }
}
