package dev.millwright.node.git;

import java.io.IOException;
import java.io.OutputStream;

/// Counts what `git ls-tree -z` prints, as far as it has to: paths, and how long they are together,
/// since git keeps them all in memory. Written by one thread, read by another after that.
final class PathCount extends OutputStream {
    /// For each path that may be there; those of real repositories have less than a hundred.
    static final int LONGEST_MEAN = 256;

    private final long most;
    private volatile long paths;
    private volatile long bytes;

    PathCount(long most) {
        this.most = most;
    }

    /// One more than the most when there are more.
    long paths() {
        return paths;
    }

    /// Whether the paths together are longer than so many may be.
    boolean isTooLong() {
        return bytes / LONGEST_MEAN > most;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] printed, int offset, int length) throws IOException {
        long now = paths;
        for (int i = offset; i < offset + length && now <= most; i++) {
            now += printed[i] == 0 ? 1 : 0;
        }
        paths = now;
        long read = bytes + length;
        bytes = read;
        if (now > most || isTooLong()) {
            throw new IOException("that are enough");
        }
    }
}
