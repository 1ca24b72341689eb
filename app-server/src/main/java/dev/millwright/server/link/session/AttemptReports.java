package dev.millwright.server.link.session;

import dev.millwright.link.v1.EndStored;
import dev.millwright.link.v1.Ended;
import dev.millwright.link.v1.Log;
import dev.millwright.link.v1.LogStored;
import dev.millwright.link.v1.Refused;
import dev.millwright.link.v1.ServerMessage;
import dev.millwright.link.v1.Taken;
import dev.millwright.model.AttemptId;
import dev.millwright.model.NodeName;
import dev.millwright.model.log.LogChunk;
import dev.millwright.node.AttemptEnd;
import dev.millwright.node.link.LinkException;
import dev.millwright.node.link.Wire;
import dev.millwright.server.node.NodeHost;
import java.util.function.Consumer;

/// Reads what a node reports about attempts, and says what is to be done about it, in the queue of
/// the attempt. What makes no sense gives [LinkException] before anything is done.
final class AttemptReports {
    private final NodeName node;
    private final NodeHost host;
    private final Consumer<ServerMessage> reply;

    /// @param reply says something to the node
    AttemptReports(NodeName node, NodeHost host, Consumer<ServerMessage> reply) {
        this.node = node;
        this.host = host;
        this.reply = reply;
    }

    /// What is to be done.
    ///
    /// @param repeated whether the node says it again until it is acknowledged
    /// @param task blocks, and throws what the host throws
    record Task(AttemptId attempt, boolean repeated, Runnable task) {}

    Task taken(Taken wire) {
        AttemptId attempt = Introductions.attempt(wire.getAttempt());
        return new Task(attempt, false, () -> host.taken(node, attempt));
    }

    Task refused(Refused wire) {
        AttemptId attempt = Introductions.attempt(wire.getAttempt());
        NodeHost.Refusal refusal = new NodeHost.Refusal(wire.getReason(), wire.getMissingRunner());
        return new Task(
                attempt, false, () -> host.refused(node, attempt, wire.getFence(), refusal));
    }

    Task log(Log wire) {
        AttemptId attempt = Introductions.attempt(wire.getAttempt());
        if (wire.getData().size() > LogChunk.LIMIT) {
            throw new LinkException(
                    "a chunk of log with %d bytes; %d are allowed"
                            .formatted(wire.getData().size(), LogChunk.LIMIT));
        }
        LogChunk chunk = Wire.chunk(wire);
        LogStored stored =
                LogStored.newBuilder()
                        .setAttempt(wire.getAttempt())
                        .setSequence(wire.getSequence())
                        .build();
        return new Task(
                attempt,
                true,
                () -> {
                    host.log(node, attempt, wire.getFence(), chunk);
                    reply.accept(ServerMessage.newBuilder().setLogStored(stored).build());
                });
    }

    Task ended(Ended wire) {
        AttemptId attempt = Introductions.attempt(wire.getAttempt());
        AttemptEnd end = Wire.end(wire);
        EndStored stored = EndStored.newBuilder().setAttempt(wire.getAttempt()).build();
        return new Task(
                attempt,
                true,
                () -> {
                    host.ended(node, attempt, wire.getFence(), end);
                    reply.accept(ServerMessage.newBuilder().setEndStored(stored).build());
                });
    }
}
