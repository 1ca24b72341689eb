package dev.millwright.model.log;

/// Say how much of an attempt's log is stored, so that the next chunk goes on right there.
///
/// @param sequence number of the next chunk
/// @param line number of the next line
/// @param outOffset bytes of standard output that are stored
/// @param errOffset bytes of standard error that are stored
public record LogPosition(int sequence, long line, long outOffset, long errOffset) {
    /// Nothing is stored yet.
    public static final LogPosition START = new LogPosition(0, 0, 0, 0);

    /// Where the log goes on after the chunk.
    public static LogPosition after(LogChunk chunk) {
        return new LogPosition(
                chunk.sequence() + 1,
                chunk.firstLine() + chunk.lineCount(),
                chunk.outOffset() + chunk.outLength(),
                chunk.errOffset() + chunk.errLength());
    }
}
