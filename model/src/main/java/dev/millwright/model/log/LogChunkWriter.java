package dev.millwright.model.log;

import java.time.Instant;
import java.util.Arrays;
import java.util.zip.Deflater;

/// Collect lines into chunks. Used by one thread. Close it to give its native memory back.
///
/// The stored form: a version byte, the length of the head as a varint, and the deflated head and
/// text. The text is what the step wrote, in order of arrival. The head describes runs of lines
/// that have stream, severity and time in common: their count, their flags, the milliseconds since
/// the run before, and for a line without newline its length.
public final class LogChunkWriter implements AutoCloseable {
    static final byte VERSION = 1;
    static final int FLAG_ERR = 1;
    static final int FLAG_COMPLETE = 2;
    static final int FLAG_CONTINUED = 4;
    static final int SEVERITY_SHIFT = 3;

    /// Room for what compression may add to text that cannot be compressed.
    private static final int CAPACITY = LogChunk.LIMIT - 256;

    /// The longest head entry: count, flags, time and length.
    private static final int RUN_LIMIT = 5 + 1 + 10 + 5;

    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private final byte[] text = new byte[CAPACITY];
    private final byte[] packed = new byte[LogChunk.LIMIT + 1024];
    private byte[] head = new byte[256];
    private LogPosition position;
    private int textLength;
    private int headLength;
    private int lines;
    private int outLength;
    private long firstAt;
    private long lastAt;
    private int runLines;
    private int runFlags;
    private long runDelta;
    private int runLength;

    /// Start right behind what is already stored.
    public LogChunkWriter(LogPosition position) {
        this.position = position;
    }

    /// Where the chunk that is being filled begins.
    public LogPosition position() {
        return position;
    }

    public boolean isEmpty() {
        return lines == 0;
    }

    /// How many bytes a line may have, its newline included, to still fit into this chunk.
    public int room() {
        return CAPACITY - textLength - headLength - 2 * RUN_LIMIT;
    }

    /// Add a line or a part of one; it must fit into the [#room()].
    ///
    /// @param bytes holds the line, with its newline if it is complete
    public void add(
            LogStream stream,
            Severity severity,
            boolean continued,
            boolean complete,
            long atMillis,
            byte[] bytes,
            int offset,
            int length) {
        int flags =
                (stream == LogStream.ERR ? FLAG_ERR : 0)
                        | (complete ? FLAG_COMPLETE : 0)
                        | (continued ? FLAG_CONTINUED : 0)
                        | severity.ordinal() << SEVERITY_SHIFT;
        if (lines == 0) {
            firstAt = atMillis;
            lastAt = atMillis;
        }
        if (runLines > 0 && complete && flags == runFlags && atMillis <= lastAt) {
            runLines++;
        } else {
            endRun();
            runLines = 1;
            runFlags = flags;
            runDelta = Math.max(0, atMillis - lastAt);
            runLength = length;
            lastAt += runDelta;
        }
        System.arraycopy(bytes, offset, text, textLength, length);
        textLength += length;
        lines++;
        if (stream == LogStream.OUT) {
            outLength += length;
        }
    }

    /// Close the chunk and begin the next one. Not to be called when it [#isEmpty()].
    public LogChunk cut() {
        endRun();
        int size = 0;
        packed[size++] = VERSION;
        size = Varint.write(packed, size, headLength);
        deflater.reset();
        deflater.setInput(head, 0, headLength);
        while (!deflater.needsInput()) {
            size += deflater.deflate(packed, size, packed.length - size);
        }
        deflater.setInput(text, 0, textLength);
        deflater.finish();
        while (!deflater.finished()) {
            size += deflater.deflate(packed, size, packed.length - size);
        }
        LogChunk chunk =
                new LogChunk(
                        position.sequence(),
                        position.line(),
                        lines,
                        position.outOffset(),
                        outLength,
                        position.errOffset(),
                        textLength - outLength,
                        Instant.ofEpochMilli(firstAt),
                        Arrays.copyOf(packed, size));
        position = LogPosition.after(chunk);
        textLength = 0;
        headLength = 0;
        lines = 0;
        outLength = 0;
        return chunk;
    }

    private void endRun() {
        if (runLines == 0) {
            return;
        }
        if (head.length - headLength < RUN_LIMIT) {
            head = Arrays.copyOf(head, head.length * 2);
        }
        headLength = Varint.write(head, headLength, runLines);
        head[headLength++] = (byte) runFlags;
        headLength = Varint.write(head, headLength, runDelta);
        if ((runFlags & FLAG_COMPLETE) == 0) {
            headLength = Varint.write(head, headLength, runLength);
        }
        runLines = 0;
    }

    @Override
    public void close() {
        deflater.end();
    }
}
