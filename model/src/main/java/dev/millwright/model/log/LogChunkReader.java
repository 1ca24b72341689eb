package dev.millwright.model.log;

import dev.millwright.model.MillwrightException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Take chunks apart. Its static methods are called from any thread; they throw
/// [MillwrightException] when a chunk is damaged.
public final class LogChunkReader {
    private final LogChunk chunk;
    private final byte[] content;
    private final int headLength;
    private int headAt;
    private int textAt;

    private LogChunkReader(LogChunk chunk) {
        this.chunk = chunk;
        byte[] data = chunk.data();
        int textLength = chunk.outLength() + chunk.errLength();
        if (data.length < 2 || data[0] != LogChunkWriter.VERSION) {
            throw damaged("unknown form");
        }
        long[] head = Varint.read(data, 1, data.length);
        if (head.length == 0
                || head[0] > LogChunk.LIMIT
                || textLength < 0
                || textLength > LogChunk.LIMIT) {
            throw damaged("sizes that make no sense");
        }
        this.headLength = (int) head[0];
        this.content = inflate(data, (int) head[1], headLength + textLength);
        this.textAt = headLength;
    }

    /// The lines of a chunk in the order in which they arrived.
    public static List<LogLine> lines(LogChunk chunk) {
        return new LogChunkReader(chunk).lines();
    }

    /// Write the bytes of one stream exactly as the step wrote them.
    public static void copy(LogChunk chunk, LogStream stream, OutputStream target)
            throws IOException {
        LogChunkReader reader = new LogChunkReader(chunk);
        int wanted = stream == LogStream.OUT ? chunk.outLength() : chunk.errLength();
        if (wanted == reader.content.length - reader.headLength) {
            target.write(reader.content, reader.headLength, wanted);
        } else if (wanted > 0) {
            reader.copy(stream, target);
        }
    }

    /// Write the bytes of both streams in the order in which they arrived.
    public static void copy(LogChunk chunk, OutputStream target) throws IOException {
        LogChunkReader reader = new LogChunkReader(chunk);
        target.write(reader.content, reader.headLength, reader.content.length - reader.headLength);
    }

    private List<LogLine> lines() {
        List<LogLine> lines = new ArrayList<>(Math.clamp(chunk.lineCount(), 0, LogChunk.LIMIT));
        long number = chunk.firstLine();
        long time = chunk.firstAt().toEpochMilli();
        while (headAt < headLength) {
            Head head = nextHead();
            time += head.delta;
            Instant at = Instant.ofEpochMilli(time);
            for (long i = 0; i < head.count; i++) {
                int end = textAt + (int) (head.length >= 0 ? head.length : lineLength());
                byte[] bytes = Arrays.copyOfRange(content, textAt, end);
                lines.add(
                        new LogLine(
                                number++,
                                head.stream,
                                at,
                                head.severity,
                                head.continued,
                                head.complete,
                                bytes));
                textAt = head.complete ? end + 1 : end;
            }
        }
        return lines;
    }

    private void copy(LogStream stream, OutputStream target) throws IOException {
        while (headAt < headLength) {
            Head head = nextHead();
            int start = textAt;
            if (head.length >= 0) {
                textAt += (int) head.length;
            } else {
                for (long i = 0; i < head.count; i++) {
                    textAt += lineLength() + 1;
                }
            }
            if (head.stream == stream) {
                target.write(content, start, textAt - start);
            }
        }
    }

    /// @param length of the only line when it is not complete, else -1
    private record Head(
            long count,
            LogStream stream,
            Severity severity,
            boolean continued,
            boolean complete,
            long delta,
            long length) {}

    private Head nextHead() {
        long count = nextNumber();
        if (headAt >= headLength) {
            throw damaged("a cut head");
        }
        int flags = content[headAt++];
        int severity = flags >> LogChunkWriter.SEVERITY_SHIFT;
        if (severity < 0 || severity >= Severity.values().length) {
            throw damaged("an unknown severity");
        }
        boolean complete = (flags & LogChunkWriter.FLAG_COMPLETE) != 0;
        long delta = nextNumber();
        long length = complete ? -1 : nextNumber();
        if (length > content.length - textAt) {
            throw damaged("a line that reaches past its end");
        }
        return new Head(
                count,
                (flags & LogChunkWriter.FLAG_ERR) != 0 ? LogStream.ERR : LogStream.OUT,
                Severity.values()[severity],
                (flags & LogChunkWriter.FLAG_CONTINUED) != 0,
                complete,
                delta,
                length);
    }

    private long nextNumber() {
        long[] number = Varint.read(content, headAt, headLength);
        if (number.length == 0) {
            throw damaged("a cut head");
        }
        headAt = (int) number[1];
        return number[0];
    }

    private int lineLength() {
        for (int i = textAt; i < content.length; i++) {
            if (content[i] == '\n') {
                return i - textAt;
            }
        }
        throw damaged("fewer lines than it says");
    }

    private byte[] inflate(byte[] data, int offset, int size) {
        byte[] target = new byte[size];
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(data, offset, data.length - offset);
            int length = 0;
            while (length < size) {
                int more = inflater.inflate(target, length, size - length);
                if (more == 0) {
                    throw damaged("less content than it says");
                }
                length += more;
            }
            return target;
        } catch (DataFormatException malformed) {
            throw new MillwrightException(
                    "log chunk %d is damaged".formatted(chunk.sequence()), malformed);
        }
    }

    private MillwrightException damaged(String what) {
        return new MillwrightException(
                "log chunk %d is damaged: it has %s".formatted(chunk.sequence(), what));
    }
}
