package dev.millwright.server.node;

import dev.millwright.engine.progress.Action;
import dev.millwright.model.AttemptId;
import dev.millwright.model.NodeName;
import dev.millwright.model.log.LogChunk;
import dev.millwright.node.AttemptEnd;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the link tells about the nodes that are connected to this server. The link has made sure
/// that the node is who it says it is.
///
/// For one line [#arrived] comes first and [#gone] last, once for each [#arrived] that has
/// returned. In between, what concerns one attempt comes in order, and heartbeats do not wait for
/// it: calls for different attempts or lines come at the same time. All may block.
public interface NodeHost {
    /// A node has said Hello. An older line of the same node is dismissed as `REPLACED`.
    ///
    /// @param line may be used from the moment on when the greeting has been sent, which the link
    ///   says by [#ready]
    NodeGreeting arrived(NodeName node, NodeHello hello, NodeLine line);

    /// The greeting is on its way; work may follow.
    void ready(NodeName node, NodeLine line);

    /// The node has written the attempt into its journal.
    void taken(NodeName node, AttemptId attempt);

    /// The node does not take the attempt and never started anything of it.
    void refused(NodeName node, AttemptId attempt, long fence, Refusal refusal);

    /// Why a node does not take an attempt.
    ///
    /// @param reason for people
    /// @param missingRunner what it cannot use, when only steps for that one are not taken; empty
    ///   when it takes nothing until it says something else
    record Refusal(String reason, String missingRunner) {}

    /// Store a chunk durably; what is stale or stored already is ignored. Throws when it could not
    /// be stored.
    void log(NodeName node, AttemptId attempt, long fence, LogChunk chunk);

    /// Store an end durably; what is stale or stored already is ignored. Throws when it could not
    /// be stored.
    void ended(NodeName node, AttemptId attempt, long fence, AttemptEnd end);

    /// The node is alive.
    ///
    /// @param refusal why it takes no work at the moment; empty when it does
    /// @param repositories that it has copies of
    Beat heartbeat(NodeName node, NodeLine line, String refusal, Set<String> repositories);

    /// What a node is told with each heartbeat, in case that a message was lost.
    record Beat(boolean draining, List<StopOrder> stops) {}

    /// An attempt that has to end.
    record StopOrder(AttemptId attempt, Action.Reason reason, Duration grace) {}

    /// The facts of the node have changed; all of them.
    void facts(NodeName node, Map<String, String> facts);

    /// The node carries out other kinds of leaves than before; all of them.
    ///
    /// @param missing kinds that it knows of and cannot carry out, and why
    void runners(NodeName node, Set<String> kinds, Map<String, String> missing);

    /// The line is closed; also one over which the node could not be taken in.
    ///
    /// @param goodbye whether the node went down in order
    void gone(NodeName node, NodeLine line, boolean goodbye);
}
