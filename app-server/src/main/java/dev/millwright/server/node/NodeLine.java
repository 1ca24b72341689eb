package dev.millwright.server.node;

import dev.millwright.engine.progress.Action;
import dev.millwright.model.AttemptId;
import dev.millwright.model.RunId;
import dev.millwright.node.Assignment;
import java.time.Duration;

/// The way from this server to one node: node `local` in the same process, or a connection over
/// which the node has come. Methods return at once and are called from any thread.
///
/// What is said to a broken line is lost without a word; the next Hello of the node settles it.
public interface NodeLine {
    /// Give the node an attempt. Throws [dev.millwright.node.NodeException] only when it is certain
    /// that the node does not get it.
    void start(Assignment assignment);

    /// Ask for the end of an attempt.
    void stop(AttemptId attempt, Action.Reason reason, Duration grace);

    /// Tell the node that a run is over, so that its workspace can go.
    void forgetRun(RunId run);

    /// End the line, because the node was removed or has connected anew.
    ///
    /// @param why for the node's log
    void dismiss(Dismissal cause, String why);

    /// Why a line is ended by the server.
    enum Dismissal {
        GOING_DOWN,
        REMOVED,
        REPLACED,
        PROTOCOL
    }
}
