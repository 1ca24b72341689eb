package dev.millwright.node.git;

import java.io.IOException;
import java.io.OutputStream;

/// Counts what `git ls-tree -z` prints, as far as it has to. Written by one thread, read by another
/// after that.
final class PathCount extends OutputStream {
    private final long most;
    private volatile long paths;

    PathCount(long most) {
        this.most = most;
    }

    /// One more than the most when there are more.
    long paths() {
        return paths;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        long now = paths;
        for (int i = offset; i < offset + length && now <= most; i++) {
            now += bytes[i] == 0 ? 1 : 0;
        }
        paths = now;
        if (now > most) {
            throw new IOException("that are enough");
        }
    }
}
