package dev.millwright.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millwright.model.log.LogChunk;
import dev.millwright.model.log.LogChunkWriter;
import dev.millwright.model.log.LogPosition;
import dev.millwright.model.log.LogStream;
import dev.millwright.model.log.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A line of a log that a step did not write to its output but told the server. Immutable.
///
/// @param text one line of at most [#LONGEST] characters
public record ToldLine(Instant at, Severity severity, String text) {
    /// Fits into a chunk whatever the characters are.
    public static final int LONGEST = 16 * 1024;

    public ToldLine {
        if (text.length() > LONGEST || text.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("not one line of %d characters".formatted(LONGEST));
        }
    }

    static List<LogChunk> chunks(LogPosition position, List<ToldLine> lines) {
        List<LogChunk> chunks = new ArrayList<>();
        try (LogChunkWriter writer = new LogChunkWriter(position)) {
            for (ToldLine line : lines) {
                byte[] bytes = (line.text + "\n").getBytes(UTF_8);
                if (bytes.length > writer.room()) {
                    chunks.add(writer.cut());
                }
                writer.add(
                        LogStream.ERR,
                        line.severity,
                        false,
                        true,
                        line.at.toEpochMilli(),
                        bytes,
                        0,
                        bytes.length);
            }
            chunks.add(writer.cut());
        }
        return chunks;
    }
}
