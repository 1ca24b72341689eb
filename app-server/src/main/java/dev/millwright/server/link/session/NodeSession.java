package dev.millwright.server.link.session;

import dev.millwright.engine.progress.Action;
import dev.millwright.link.v1.Hello;
import dev.millwright.link.v1.NodeMessage;
import dev.millwright.link.v1.ServerMessage;
import dev.millwright.model.AttemptId;
import dev.millwright.model.NodeName;
import dev.millwright.model.RunId;
import dev.millwright.node.Assignment;
import dev.millwright.node.NodeException;
import dev.millwright.node.link.LinkException;
import dev.millwright.node.link.Wire;
import dev.millwright.server.node.CopiedNodeException;
import dev.millwright.server.node.NodeHello;
import dev.millwright.server.node.NodeHost;
import dev.millwright.server.node.NodeLine;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One stream of one node, from its Hello to its end.
///
/// gRPC hands in the node's messages one at a time. What may take long (a chunk of log, an end)
/// goes on in a queue of its attempt, so that heartbeats and other attempts do not wait for it. The
/// next message is asked for only while few are under way. As a [NodeLine]: any thread.
public final class NodeSession implements NodeLine, StreamObserver<NodeMessage> {
    /// A node may have this many messages under way; what it sends beyond waits on its machine.
    static final int MESSAGES = 64;

    /// The same in bytes: enough for [#MESSAGES] chunks of log.
    static final long BYTES = 4 * 1024 * 1024L;

    private static final Logger log = LoggerFactory.getLogger(NodeSession.class);

    private final NodeName node;
    private final Instant expires;
    private final SessionSettings settings;
    private final NodeHost host;
    private final ServerCallStreamObserver<ServerMessage> stream;
    private final Listening listening;
    private final Outbox outbox;
    private final UnderWay underWay;
    private final AttemptQueues queues;
    private final AttemptReports reports;
    private final SelfReports selfReports;
    private final PluginNews plugins;
    private final Consumer<NodeSession> onGone;

    private boolean introduced;
    private volatile boolean arrived;
    private volatile boolean greeted;
    private volatile boolean goodbye;
    private volatile boolean broken;

    /// Begin to listen. To be called while gRPC opens the stream.
    ///
    /// @param expires when the node's certificate does
    /// @param onGone is called once, after the last call to the host
    NodeSession(
            NodeName node,
            Instant expires,
            SessionSettings settings,
            NodeHost host,
            ServerCallStreamObserver<ServerMessage> stream,
            Executor executor,
            Consumer<NodeSession> onGone) {
        this.node = node;
        this.expires = expires;
        this.settings = settings;
        this.host = host;
        this.stream = stream;
        this.listening = new Listening(stream);
        this.outbox = new Outbox(stream);
        this.underWay = new UnderWay(MESSAGES, BYTES, listening::askForNext, executor);
        this.queues = new AttemptQueues(executor);
        this.reports = new AttemptReports(node, host, this::post);
        this.selfReports = new SelfReports(node, host, settings, this::post);
        this.plugins = new PluginNews(settings.plugins(), this::say);
        this.onGone = onGone;
    }

    void open() {
        stream.disableAutoRequest();
        stream.setOnReadyHandler(outbox::flush);
        stream.setOnCancelHandler(this::lost);
        listening.askForNext();
    }

    NodeName node() {
        return node;
    }

    /// Cut the stream if the certificate has expired or the node is silent; else tell it what is
    /// new.
    ///
    /// @param nanos of [System#nanoTime()]
    void check(Instant now, long nanos) {
        if (!now.isBefore(expires)) {
            cut(Status.UNAUTHENTICATED, "the certificate has expired at %s".formatted(expires));
        } else if (listening.isSilentFor(settings.silence(), nanos)) {
            cut(Status.DEADLINE_EXCEEDED, "no word for " + settings.silence());
        } else if (greeted) {
            plugins.tell();
        }
    }

    @Override
    public void onNext(NodeMessage message) {
        listening.stop();
        long size = message.getSerializedSize();
        if (!underWay.begin(size)) {
            return;
        }
        AttemptReports.Task task = null;
        try {
            task = handle(message);
        } catch (LinkException nonsense) {
            cut(Status.INVALID_ARGUMENT, nonsense.getMessage());
        } catch (RuntimeException failed) {
            // What matters comes again: the next heartbeat, or the Hello of the next stream
            log.warn("message {} of node {} failed", message.getMessageCase(), node, failed);
        } finally {
            if (task == null) {
                underWay.end(size);
            }
        }
        if (task != null) {
            AttemptReports.Task later = task;
            queues.submit(later.attempt(), () -> carryOut(later, size));
        }
        underWay.next();
    }

    private void carryOut(AttemptReports.Task task, long size) {
        try {
            // A broken line acknowledges nothing: the node says it all again
            if (!broken) {
                task.task().run();
            }
        } catch (RuntimeException failed) {
            log.warn("a report of node {} on attempt {} failed", node, task.attempt(), failed);
            if (!task.repeated()) {
                // Only the next Hello can settle it
                cut(Status.UNAVAILABLE, "the server could not take in an answer; come again");
            }
        } finally {
            underWay.end(size);
        }
    }

    /// Handle a message, or say what is to be done in its attempt's queue.
    private AttemptReports.@Nullable Task handle(NodeMessage message) {
        if (!greeted && !message.hasHello()) {
            throw new LinkException("the first message of a node has to be Hello");
        }
        return switch (message.getMessageCase()) {
            case HELLO -> {
                hello(message.getHello());
                yield null;
            }
            case TAKEN -> reports.taken(message.getTaken());
            case REFUSED -> reports.refused(message.getRefused());
            case LOG -> reports.log(message.getLog());
            case ENDED -> reports.ended(message.getEnded());
            case HEARTBEAT, FACTS, RUNNERS -> {
                var _ = selfReports.take(message, this);
                yield null;
            }
            case GOODBYE -> {
                goodbye = true;
                underWay.close(this::leave);
                yield null;
            }
            case MESSAGE_NOT_SET ->
                    throw new LinkException("this version of the link has no such message");
        };
    }

    private void hello(Hello wire) {
        if (introduced) {
            throw new LinkException("a node says Hello only once on a stream");
        }
        introduced = true;
        switch (ProtocolVersion.between(Wire.PROTOCOL, wire.getProtocol())) {
            case ProtocolVersion.None(String why) -> dismiss(Dismissal.PROTOCOL, why);
            case ProtocolVersion.Common(int version) -> greet(version, Introductions.hello(wire));
        }
    }

    private void greet(int protocol, NodeHello hello) {
        try {
            // What fails halfway may have made it a node of this server, which it is to be no
            // longer
            arrived = true;
            var greeting = host.arrived(node, hello, this);
            post(Introductions.welcome(protocol, node, settings, greeting));
            greeted = true;
            plugins.tell();
            if (!broken) {
                host.ready(node, this);
            }
        } catch (CopiedNodeException copied) {
            cut(Status.UNAVAILABLE, copied.getMessage());
        } catch (RuntimeException failed) {
            log.error("node {} has come and could not be welcomed", node, failed);
            cut(Status.UNAVAILABLE, "the server cannot welcome nodes at the moment; try again");
        }
    }

    @Override
    public void onError(Throwable gone) {
        lost();
    }

    @Override
    public void onCompleted() {
        underWay.close(this::leave);
    }

    private void lost() {
        outbox.close();
        over();
    }

    private void cut(Status status, @Nullable String why) {
        String plain = PlainWords.of(why);
        log.info("the line of node {} is cut: {}", node, plain);
        outbox.fail(status.withDescription(plain));
        over();
    }

    private void over() {
        broken = true;
        listening.stop();
        underWay.close(this::leave);
    }

    private void leave() {
        try {
            if (arrived) {
                host.gone(node, this, goodbye);
            }
        } catch (RuntimeException failed) {
            log.warn("node {} has gone and that could not be recorded", node, failed);
        } finally {
            outbox.complete();
            onGone.accept(this);
        }
    }

    @Override
    public void start(Assignment assignment) {
        if (!say(ServerMessage.newBuilder().setAssign(Wire.assign(assignment)).build())) {
            throw new NodeException("node '%s' is not connected any more".formatted(node));
        }
    }

    @Override
    public void stop(AttemptId attempt, Action.Reason reason, Duration grace) {
        var _ = say(ServerMessage.newBuilder().setStop(Wire.stop(attempt, reason, grace)).build());
    }

    @Override
    public void forgetRun(RunId run) {
        var _ = say(Introductions.forget(run));
    }

    @Override
    public void dismiss(Dismissal cause, String why) {
        log.info("node {} is dismissed as {}: {}", node, cause, why);
        outbox.complete(Introductions.dismissed(cause, why));
        over();
    }

    /// Nothing is said before Welcome.
    private boolean say(ServerMessage message) {
        return greeted && post(message);
    }

    /// Whether it is on its way; if not, it has certainly not gone out.
    private boolean post(ServerMessage message) {
        return switch (outbox.post(message)) {
            case ACCEPTED -> true;
            case CLOSED -> false;
            case FULL -> {
                cut(Status.RESOURCE_EXHAUSTED, "the node does not read what it is told");
                yield false;
            }
        };
    }
}
