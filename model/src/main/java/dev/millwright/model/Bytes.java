package dev.millwright.model;

import java.util.Locale;

/// An amount of data, as people read it. Pure.
public final class Bytes {
    private static final long KIB = 1L << 10;
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    private Bytes() {}

    /// Such as `0.5 KiB`, `256 MiB`, `1.9 GiB`; never more than there is.
    public static String words(long bytes) {
        if (bytes >= GIB) {
            return words(bytes, GIB, "GiB");
        }
        return bytes >= MIB ? words(bytes, MIB, "MiB") : words(bytes, KIB, "KiB");
    }

    private static String words(long bytes, long unit, String name) {
        long tenths = bytes % unit * 10 / unit;
        return tenths == 0
                ? "%d %s".formatted(bytes / unit, name)
                : String.format(Locale.ROOT, "%d.%d %s", bytes / unit, tenths, name);
    }
}
