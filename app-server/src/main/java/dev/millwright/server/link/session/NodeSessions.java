package dev.millwright.server.link.session;

import dev.millwright.link.v1.ServerMessage;
import dev.millwright.model.NodeName;
import dev.millwright.server.node.Enrolment;
import dev.millwright.server.node.NodeHost;
import dev.millwright.server.node.NodeLine;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/// The streams of all nodes that are connected to this server. Any thread.
public final class NodeSessions {
    private final NodeHost host;
    private final SessionSettings settings;
    private final Executor executor;
    private final Set<NodeSession> sessions = new HashSet<>();
    private boolean closed;

    /// @param executor with a thread for each task
    public NodeSessions(NodeHost host, SessionSettings settings, Executor executor) {
        this.host = host;
        this.settings = settings;
        this.executor = executor;
    }

    /// Take in a stream that a node has just opened, while gRPC opens it.
    ///
    /// @param expires when the node's certificate does
    public NodeSession open(
            NodeName node, Instant expires, ServerCallStreamObserver<ServerMessage> stream) {
        NodeSession session =
                new NodeSession(node, expires, settings, host, stream, executor, this::forget);
        session.open();
        boolean tooLate;
        synchronized (this) {
            tooLate = closed;
            sessions.add(session);
        }
        if (tooLate) {
            session.dismiss(NodeLine.Dismissal.GOING_DOWN, "the server goes down");
        }
        return session;
    }

    private synchronized void forget(NodeSession session) {
        sessions.remove(session);
        notifyAll();
    }

    /// The certificates of the node count no more.
    public void revoked(NodeName node) {
        for (NodeSession session : all()) {
            if (session.node().equals(node)) {
                session.dismiss(
                        NodeLine.Dismissal.REMOVED,
                        "the node '%s' was removed, or is in quarantine because its key was copied (then 'millwright node remove %s' comes first); %s"
                                .formatted(node, node, Enrolment.WAY_BACK));
            }
        }
    }

    /// Cut those that are silent or whose certificate has expired. To be called about each second.
    public void check() {
        Instant now = settings.clock().instant();
        long nanos = System.nanoTime();
        all().forEach(session -> session.check(now, nanos));
    }

    /// Dismiss all nodes because the server goes down, and wait until what they have reported is
    /// handled.
    ///
    /// @param limit longest wait
    public void close(Duration limit) {
        synchronized (this) {
            closed = true;
        }
        all().forEach(one -> one.dismiss(NodeLine.Dismissal.GOING_DOWN, "the server goes down"));
        long end = System.nanoTime() + limit.toNanos();
        try {
            awaitAllGone(end);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void awaitAllGone(long end) throws InterruptedException {
        while (!sessions.isEmpty()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }

    private synchronized List<NodeSession> all() {
        return List.copyOf(sessions);
    }
}
