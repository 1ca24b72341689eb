package dev.millwright.server.run;

import dev.millwright.model.AttemptId;
import dev.millwright.model.log.LogChunk;

/// Takes the log of an attempt; a chunk that is stored already is ignored.
@FunctionalInterface
interface LogSink {
    void append(AttemptId attempt, LogChunk chunk);
}
