package dev.millwright.node;

import dev.millwright.model.AttemptId;
import dev.millwright.model.log.LogChunk;

/// Take what a node has to tell. Implemented by the server and by `millwright local`.
///
/// The order of calls for one attempt, all on one thread at a time:
///
/// 1. [#log] for every chunk, in order, without holes.
/// 2. [#ended] once, after the last chunk.
///
/// A call may block. When it throws, the node makes the same call again after a while, so both
/// methods have to bear repetition; after a restart of the node they may also come again for what
/// was reported before. A report with an old fence is ignored without an exception.
public interface NodeReports {
    /// Store a chunk; it must be durable when the method returns. A sequence number that is stored
    /// already is ignored.
    void log(AttemptId attempt, long fence, LogChunk chunk);

    /// Store the end; it must be durable when the method returns, because the node then forgets the
    /// attempt.
    void ended(AttemptId attempt, long fence, AttemptEnd end);
}
