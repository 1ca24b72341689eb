package dev.millwright.docker.engine;

import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.util.Arrays;

/// How much output came, and the last of it. Written by one thread, compared by another once that
/// one is done.
///
/// It is compared by bytes: the client cuts a frame wherever the network did, so the same output
/// comes in more pieces or in fewer each time that it is told.
final class FrameTail {
    /// Frames that the engine is asked for, to be compared.
    static final int FRAMES = 1_000;

    /// Bytes of each stream that are remembered.
    static final int BYTES = 1 << 15;

    private final Last out = new Last();
    private final Last err = new Last();
    private volatile long count;

    /// The end of one stream.
    private static final class Last {
        private final byte[] ring = new byte[BYTES];
        private long length;

        void add(byte[] bytes) {
            int skipped = Math.max(0, bytes.length - BYTES);
            length += skipped;
            int rest = bytes.length - skipped;
            int place = (int) (length % BYTES);
            int straight = Math.min(rest, BYTES - place);
            System.arraycopy(bytes, skipped, ring, place, straight);
            System.arraycopy(bytes, skipped + straight, ring, 0, rest - straight);
            length += rest;
        }

        boolean endsLike(Last end) {
            int size = (int) Math.min(end.length, BYTES);
            if (length < size) {
                return false;
            }
            byte[] own = last(size);
            return Arrays.equals(own, end.last(size)) && !repeats(own);
        }

        private byte[] last(int size) {
            int first = (int) ((length - size) % BYTES);
            int straight = Math.min(size, BYTES - first);
            byte[] bytes = Arrays.copyOfRange(ring, first, first + size);
            System.arraycopy(ring, 0, bytes, straight, size - straight);
            return bytes;
        }
    }

    void add(Frame frame) {
        (frame.getStreamType() == StreamType.STDERR ? err : out).add(frame.getPayload());
        long before = count;
        count = before + 1;
    }

    /// Pieces so far; asked from any thread.
    long count() {
        return count;
    }

    /// Whether this is certainly the end of the same output.
    ///
    /// @param end what the engine tells when it is asked for the last [#FRAMES]
    boolean isWhole(FrameTail end) {
        // No frame is less than a piece: with fewer pieces than frames were asked for, that is all
        return end.count < FRAMES
                ? out.length == end.out.length && err.length == end.err.length
                : out.endsLike(end.out) && err.endsLike(end.err);
    }

    /// Of such output the end looks like what came before it.
    private static boolean repeats(byte[] bytes) {
        return bytes.length > 0 && period(bytes) <= bytes.length / 2;
    }

    /// The shortest distance at which all bytes repeat, found as Knuth, Morris and Pratt do: by the
    /// longest beginning that is an end, too.
    private static int period(byte[] bytes) {
        int[] border = new int[bytes.length];
        for (int i = 1, same = 0; i < bytes.length; i++) {
            while (same > 0 && bytes[i] != bytes[same]) {
                same = border[same - 1];
            }
            if (bytes[i] == bytes[same]) {
                same++;
            }
            border[i] = same;
        }
        return bytes.length - border[bytes.length - 1];
    }
}
