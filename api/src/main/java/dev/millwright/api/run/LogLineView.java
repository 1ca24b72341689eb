package dev.millwright.api.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One line of a step's log.
///
/// @param number from 1, over both streams, in the order of arrival
/// @param severity `none` when the line does not say, else `trace`, `debug`, `info`, `warn`,
///   `error` or `fatal`
/// @param continued whether it goes on with the last line of the same stream
/// @param complete whether a newline ended it; else the next line of the stream goes on with it, or
///   the output ended there
/// @param text without its line end; bytes that are not UTF-8 are replaced
/// @param base64 the exact bytes, only when they are not UTF-8
public record LogLineView(
        long number,
        Stream stream,
        Instant at,
        String severity,
        boolean continued,
        boolean complete,
        String text,
        @Nullable String base64) {
    /// Where a line was written.
    public enum Stream {
        OUT,
        ERR
    }
}
