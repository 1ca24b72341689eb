package dev.millwright.model.log;

/// Whole numbers of seven bits a byte, lowest first.
final class Varint {
    private static final long[] CUT = {};

    private Varint() {}

    static int write(byte[] target, int offset, long value) {
        int at = offset;
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            target[at++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        target[at++] = (byte) rest;
        return at;
    }

    /// The number and the offset behind it; empty when it is cut off or negative.
    static long[] read(byte[] source, int offset, int limit) {
        long value = 0;
        for (int at = offset, shift = 0; at < limit && shift < 63; at++, shift += 7) {
            value |= (source[at] & 0x7FL) << shift;
            if (source[at] >= 0) {
                return new long[] {value, at + 1};
            }
        }
        return CUT;
    }
}
