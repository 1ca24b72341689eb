package dev.millwright.node.log;

import dev.millwright.model.log.LogStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// One growing output file, read once from front to back. Used by one thread.
final class SpoolFile implements AutoCloseable {
    private final LogStream stream;
    private final Path file;
    private final byte[] buffer = new byte[60 * 1024];
    private @Nullable FileChannel channel;
    private long offset;
    private int start;
    private int end;
    private boolean midLine;
    private long waitingSince;

    /// @param offset how many bytes have been taken in an earlier life
    SpoolFile(LogStream stream, Path file, long offset) {
        this.stream = stream;
        this.file = file;
        this.offset = offset;
    }

    LogStream stream() {
        return stream;
    }

    /// Read what is there into the buffer; false when nothing is. At most `limit` bytes.
    boolean read(long limit) throws IOException {
        if (!isOpen()) {
            return false;
        }
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        int room = (int) Math.min(buffer.length - end, limit);
        if (room <= 0 || channel == null) {
            return false;
        }
        int count = channel.read(ByteBuffer.wrap(buffer, end, room), offset);
        if (count <= 0) {
            return false;
        }
        offset += count;
        end += count;
        waitingSince = System.nanoTime();
        return true;
    }

    /// Whether the file holds bytes that have not been read.
    boolean hasMore() throws IOException {
        return isOpen() && channel != null && channel.size() > offset;
    }

    private boolean isOpen() throws IOException {
        if (channel == null) {
            try {
                channel = FileChannel.open(file, StandardOpenOption.READ);
            } catch (NoSuchFileException notYet) {
                return false;
            }
            midLine = offset > 0 && lastByteTaken() != '\n';
        }
        return true;
    }

    private byte lastByteTaken() throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return channel != null && channel.read(last, offset - 1) == 1 ? last.get(0) : (byte) '\n';
    }

    byte[] buffer() {
        return buffer;
    }

    int start() {
        return start;
    }

    int available() {
        return end - start;
    }

    boolean isFull() {
        return start == 0 && end == buffer.length;
    }

    /// Whether the next byte goes on with a line of which a part has been taken.
    boolean isMidLine() {
        return midLine;
    }

    /// Index of the next newline, or -1.
    int newline() {
        for (int i = start; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    void take(int length, boolean complete) {
        start += length;
        midLine = !complete;
    }

    /// How long the rest of the buffer has been waiting for more.
    long waitingNanos() {
        return System.nanoTime() - waitingSince;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
