package dev.millwright.model.log;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// Carry a piece of an attempt's log: whole lines (and parts of very long ones) of both streams in
/// the order in which they arrived. Chunks of an attempt follow each other without holes.
///
/// Immutable as long as nobody writes into the array. Read it with [LogChunkReader], make it with
/// [LogChunkWriter].
///
/// ```java
/// for (LogLine line : LogChunkReader.lines(chunk)) {
///     System.out.println(line.text());
/// }
/// ```
///
/// @param sequence number of the chunk within its attempt, from 0
/// @param firstLine number of its first line within the attempt, from 0, both streams counted
/// @param lineCount how many lines it holds
/// @param outOffset bytes of standard output before this chunk
/// @param outLength bytes of standard output in this chunk
/// @param errOffset bytes of standard error before this chunk
/// @param errLength bytes of standard error in this chunk
/// @param firstAt time of the first line
/// @param data the compressed content, at most 64 KiB
@SuppressWarnings("ArrayRecordComponent") // raw bytes on their way to the database, never compared
public record LogChunk(
        int sequence,
        long firstLine,
        int lineCount,
        long outOffset,
        int outLength,
        long errOffset,
        int errLength,
        Instant firstAt,
        byte[] data) {
    /// No chunk holds more than this, neither compressed nor as text.
    public static final int LIMIT = 64 * 1024;

    public LogChunk {
        requireNonNull(firstAt, "firstAt is null");
        requireNonNull(data, "data is null");
    }
}
