package dev.millwright.server.log;

import dev.millwright.model.AttemptId;
import dev.millwright.model.log.LogChunk;
import dev.millwright.model.log.LogPosition;
import dev.millwright.model.log.LogStream;
import dev.millwright.server.store.Database;
import java.io.OutputStream;

/// Keep the logs of attempts.
///
/// Called from any thread.
public final class LogStore {
    private LogStore() {}

    public static LogStore create(Database database) {
        throw new UnsupportedOperationException();
    }

    /// Store a chunk; it is safe when this returns. A chunk that is there already is ignored, one
    /// that leaves a hole is refused.
    public void append(AttemptId attempt, LogChunk chunk) {
        throw new UnsupportedOperationException();
    }

    /// How much is stored, so that a sender knows where to go on.
    public LogPosition position(AttemptId attempt) {
        throw new UnsupportedOperationException();
    }

    /// Lines from that number on, counted from 0.
    public LogPage lines(AttemptId attempt, long fromLine, int limit) {
        throw new UnsupportedOperationException();
    }

    /// The last lines.
    public LogPage tail(AttemptId attempt, int lines) {
        throw new UnsupportedOperationException();
    }

    /// Write the exact bytes of one stream.
    public void copy(AttemptId attempt, LogStream which, OutputStream to) {
        throw new UnsupportedOperationException();
    }

    /// Look through lines from that number on until enough are found, or enough was looked at.
    public LogMatches search(AttemptId attempt, LogSearch search, long fromLine, int limit) {
        throw new UnsupportedOperationException();
    }

    /// Follow the log from that line on; close the follower.
    public LogFollower follow(AttemptId attempt, long fromLine) {
        throw new UnsupportedOperationException();
    }

    /// Wake the attempt's followers after its end is committed.
    public void wake(AttemptId attempt) {
        throw new UnsupportedOperationException();
    }
}
