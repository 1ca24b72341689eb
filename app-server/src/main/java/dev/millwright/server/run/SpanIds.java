package dev.millwright.server.run;

import dev.millwright.model.RunId;
import java.util.HexFormat;
import java.util.UUID;

/// Trace and span ids that follow from the ids of runs, so that they are the same after a restart.
public final class SpanIds {
    private static final HexFormat HEX = HexFormat.of();

    private SpanIds() {}

    /// 32 hexadecimal digits, as traces want them.
    static String trace(UUID random) {
        return HEX.toHexDigits(random.getMostSignificantBits())
                + HEX.toHexDigits(random.getLeastSignificantBits());
    }

    /// 16 hexadecimal digits for one try of one step; groups have the try 0.
    public static String of(RunId run, int position, int attempt) {
        long mixed = run.value().getLeastSignificantBits() ^ run.value().getMostSignificantBits();
        mixed = mix(mixed + position * 0x9E3779B97F4A7C15L);
        mixed = mix(mixed + attempt * 0xBF58476D1CE4E5B9L);
        return HEX.toHexDigits(mixed == 0 ? 1 : mixed);
    }

    /// The finalizer of SplitMix64: every bit of the argument reaches every bit of the result.
    private static long mix(long value) {
        long bits = value;
        bits = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
        return bits ^ (bits >>> 31);
    }
}
