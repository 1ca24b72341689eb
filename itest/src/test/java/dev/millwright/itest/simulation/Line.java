package dev.millwright.itest.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/// One connection: two ordered streams with delays of their own. What was under way when one end
/// went away may still reach the other end, much later. One thread.
final class Line {
    private final Network network;
    final Node node;
    final Server server;

    /// Attempts that were sent over it, or must not be.
    final Set<Long> sent = new HashSet<>();

    private final Deque<Message> waiting = new ArrayDeque<>();
    boolean settled;
    long heardByServer;
    long heardByNode;
    private long lastToServer;
    private long lastToNode;
    private boolean nodeGone;
    private boolean serverGone;

    Line(Network network, Node node, Server server, long now) {
        this.network = network;
        this.node = node;
        this.server = server;
        this.heardByServer = now;
        this.heardByNode = now;
    }

    void toServer(Message message) {
        if (!nodeGone) {
            lastToServer =
                    network.deliver(node.name, server.name, lastToServer, () -> arrive(message));
        }
    }

    private void arrive(Message message) {
        waiting.add(message);
        if (waiting.size() == 1) {
            handle();
        }
    }

    private void handle() {
        if (server.pause() > 0) {
            network.later(server.pause(), this::handle);
            return;
        }
        while (!waiting.isEmpty()) {
            Message message = waiting.removeFirst();
            if (!serverGone) {
                server.receive(this, message);
            }
        }
    }

    void toNode(Message message) {
        if (!serverGone) {
            lastToNode =
                    network.deliver(
                            server.name,
                            node.name,
                            lastToNode,
                            () -> {
                                if (!nodeGone) {
                                    node.receive(this, message);
                                }
                            });
        }
    }

    /// What it sent before is still under way.
    void nodeLeaves() {
        nodeGone = true;
    }

    void serverLeaves() {
        serverGone = true;
    }

    /// Whether the node can tell by itself that the other end is gone.
    boolean isServerGone() {
        return serverGone;
    }
}
