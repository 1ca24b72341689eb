package dev.millwright.otel;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.HexFormat;

/// Ids and times in the form of the protocol.
final class Ids {
    private static final HexFormat HEX = HexFormat.of();
    private static final long STARTED = 0x5354415254454421L;

    private Ids() {}

    static ByteString bytes(String hex) {
        return ByteString.copyFrom(HEX.parseHex(hex));
    }

    /// The id of the span that says at once that a run has begun: always the same for one run.
    static String started(String rootSpanId) {
        long id = Long.parseUnsignedLong(rootSpanId, 16) ^ STARTED;
        return HEX.toHexDigits(id == 0 ? 1 : id);
    }

    static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000L + time.getNano();
    }
}
