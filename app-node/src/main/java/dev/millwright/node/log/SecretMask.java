package dev.millwright.node.log;

import dev.millwright.model.log.LogChunk;
import dev.millwright.model.log.LogChunkReader;
import dev.millwright.model.log.LogChunkWriter;
import dev.millwright.model.log.LogLine;
import dev.millwright.model.log.LogPosition;
import dev.millwright.plugin.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Puts `*` over the values of secrets, byte for byte, so that offsets into a log stay what they
/// were, in all forms of [SecretForm]. Immutable.
public final class SecretMask {
    public static final SecretMask NONE = new SecretMask(List.of());

    /// Longest first: a value may hold another one.
    private final List<SecretForm> forms;

    private SecretMask(List<SecretForm> forms) {
        this.forms = forms;
    }

    public static SecretMask of(Collection<Secret> secrets) {
        return new SecretMask(
                secrets.stream()
                        .map(Secret::reveal)
                        .flatMap(SecretForm::of)
                        .sorted(Comparator.comparing(form -> -form.length()))
                        .toList());
    }

    public boolean isEmpty() {
        return forms.isEmpty();
    }

    public String text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return cover(bytes) ? new String(bytes, StandardCharsets.UTF_8) : text;
    }

    /// The chunk itself when nothing in it has to be covered.
    public LogChunk chunk(LogChunk chunk) {
        if (isEmpty()) {
            return chunk;
        }
        List<LogLine> lines = LogChunkReader.lines(chunk);
        boolean found = false;
        for (LogLine line : lines) {
            found |= cover(line.bytes());
        }
        return found ? written(chunk, lines) : chunk;
    }

    private static LogChunk written(LogChunk chunk, List<LogLine> lines) {
        LogPosition position =
                new LogPosition(
                        chunk.sequence(), chunk.firstLine(), chunk.outOffset(), chunk.errOffset());
        try (LogChunkWriter writer = new LogChunkWriter(position)) {
            for (LogLine line : lines) {
                byte[] bytes = line.bytes();
                int length = line.complete() ? bytes.length + 1 : bytes.length;
                byte[] whole = Arrays.copyOf(bytes, length);
                if (line.complete()) {
                    whole[length - 1] = '\n';
                }
                writer.add(
                        line.stream(),
                        line.severity(),
                        line.continued(),
                        line.complete(),
                        line.at().toEpochMilli(),
                        whole,
                        0,
                        length);
            }
            return writer.cut();
        }
    }

    /// In place. False when there was nothing to be covered.
    private boolean cover(byte[] text) {
        boolean found = false;
        for (SecretForm form : forms) {
            found |= form.cover(text);
        }
        return found;
    }
}
