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
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
    private final List<Form> forms;

    private SecretMask(List<Form> forms) {
        this.forms = forms;
    }

    /// One way to write a value.
    ///
    /// @param before whether the character in front of it holds bits of the value, too
    /// @param after the same, of the character behind it
    @SuppressWarnings("ArrayRecordComponent") // made once and never compared
    private record Form(byte[] text, boolean before, boolean after) {
        static Form plain(String text) {
            return new Form(text.getBytes(StandardCharsets.UTF_8), false, false);
        }
    }

    public static SecretMask of(Collection<Secret> secrets) {
        return new SecretMask(
                secrets.stream()
                        .map(Secret::reveal)
                        .flatMap(value -> Stream.concat(plain(value), coded(value)))
                        .filter(form -> form.text().length >= SHORTEST)
                        .sorted(Comparator.comparing(form -> -form.text().length))
                        .toList());
    }

    private static Stream<Form> plain(String value) {
        return value.lines()
                .map(String::strip)
                .flatMap(line ->
                        Stream.of(
                                line,
                                URLEncoder.encode(line, StandardCharsets.UTF_8),
                                line.replace("\\", "\\\\").replace("\"", "\\\"")))
                .distinct()
                .map(Form::plain);
    }

    private static Stream<Form> coded(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return IntStream.range(0, 3).boxed().flatMap(before -> coded(bytes, before));
    }

    /// What base64 makes of the value behind so many other bytes. The characters at its ends that
    /// hold bits of other bytes, too, may be any.
    private static Stream<Form> coded(byte[] value, int before) {
        byte[] shifted = new byte[before + value.length];
        System.arraycopy(value, 0, shifted, before, value.length);
        String coded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int from = (before * 8 + 5) / 6;
        int to = shifted.length * 8 / 6;
        if (to - from < SHORTEST_CODED) {
            return Stream.of();
        }
        String sure = coded.substring(from, to);
        return Stream.of(sure, sure.replace('+', '-').replace('/', '_'))
                .distinct()
                .map(text ->
                        new Form(
                                text.getBytes(StandardCharsets.US_ASCII),
                                before > 0,
                                to < coded.length()));
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
        for (Form form : forms) {
            int length = form.text().length;
            for (int at = 0; at + length <= text.length; at++) {
                if (Arrays.equals(text, at, at + length, form.text(), 0, length)) {
                    int from = form.before() && isCoded(text, at - 1) ? at - 1 : at;
                    int to =
                            form.after() && isCoded(text, at + length)
                                    ? at + length + 1
                                    : at + length;
                    Arrays.fill(text, from, to, (byte) '*');
                    at = to - 1;
                    found = true;
                }
            }
        }
        return found;
    }

    private static boolean isCoded(byte[] text, int at) {
        return at >= 0
                && at < text.length
                && (Character.isLetterOrDigit(text[at]) || "+/-_".indexOf(text[at]) >= 0);
    }
}
