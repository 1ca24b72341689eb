package dev.millwright.node.log;

import dev.millwright.model.log.LogChunk;
import dev.millwright.model.log.LogChunkReader;
import dev.millwright.model.log.LogChunkWriter;
import dev.millwright.model.log.LogLine;
import dev.millwright.model.log.LogPosition;
import dev.millwright.plugin.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Puts `*` over the values of secrets, byte for byte, so that offsets into a log stay what they
/// were: as they are, each line of those that have several, and as base64, in URLs and in JSON.
///
/// Values of less than four bytes are left: they would hide half of any log. Immutable.
public final class SecretMask {
    public static final SecretMask NONE = new SecretMask(List.of());

    private static final int SHORTEST = 4;

    /// A shorter piece of base64 stands in many texts.
    private static final int SHORTEST_CODED = 8;

    /// Longest first: a value may hold another one.
    private final List<byte[]> patterns;

    private SecretMask(List<byte[]> patterns) {
        this.patterns = patterns;
    }

    public static SecretMask of(Collection<Secret> secrets) {
        Set<String> forms = new LinkedHashSet<>();
        secrets.forEach(secret -> forms(secret.reveal(), forms));
        return new SecretMask(
                forms.stream()
                        .map(form -> form.getBytes(StandardCharsets.UTF_8))
                        .filter(form -> form.length >= SHORTEST)
                        .sorted(Comparator.comparing((byte[] form) -> -form.length))
                        .toList());
    }

    private static void forms(String value, Set<String> forms) {
        value.lines()
                .map(String::strip)
                .forEach(line -> {
                    forms.add(line);
                    forms.add(URLEncoder.encode(line, StandardCharsets.UTF_8));
                    forms.add(line.replace("\\", "\\\\").replace("\"", "\\\""));
                });
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        for (int before = 0; before < 3; before++) {
            String coded = coded(bytes, before);
            if (coded.length() >= SHORTEST_CODED) {
                forms.add(coded);
                forms.add(coded.replace('+', '-').replace('/', '_'));
            }
        }
    }

    /// What base64 makes of the value behind so many other bytes, without the characters that hold
    /// parts of neighbours.
    private static String coded(byte[] value, int before) {
        byte[] shifted = new byte[before + value.length];
        System.arraycopy(value, 0, shifted, before, value.length);
        String coded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int from = (before * 8 + 5) / 6;
        int to = shifted.length * 8 / 6;
        return from >= to ? "" : coded.substring(from, to);
    }

    public boolean isEmpty() {
        return patterns.isEmpty();
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
        for (byte[] pattern : patterns) {
            for (int at = 0; at + pattern.length <= text.length; at++) {
                if (Arrays.equals(text, at, at + pattern.length, pattern, 0, pattern.length)) {
                    Arrays.fill(text, at, at + pattern.length, (byte) '*');
                    at += pattern.length - 1;
                    found = true;
                }
            }
        }
        return found;
    }
}
