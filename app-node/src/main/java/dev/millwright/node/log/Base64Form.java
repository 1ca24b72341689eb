package dev.millwright.node.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What base64 makes of a secret behind some other bytes, in one piece or broken into lines. The
/// characters at its ends that hold bits of other bytes, too, may be any. Immutable.
final class Base64Form implements SecretForm {
    /// A shorter piece of base64 stands in many texts.
    private static final int SHORTEST = 8;

    /// A line that holds nothing but the end of a value is known by less.
    private static final int SHORTEST_END = 4;

    /// `base64` breaks after 76 characters, PEM after 64.
    private static final int LONGEST_LINE = 80;

    private static final int SHORTEST_LINE = 60;

    private final byte[] sure;
    private final boolean before;
    private final boolean after;

    /// @param sure the characters that hold bits of the value alone
    /// @param before whether the character in front of them holds bits of the value, too
    /// @param after the same, of the character behind them
    private Base64Form(byte[] sure, boolean before, boolean after) {
        this.sure = sure;
        this.before = before;
        this.after = after;
    }

    /// Behind any bytes and in both alphabets; short values only where nothing else is coded with
    /// them.
    static Stream<SecretForm> of(byte[] value) {
        return Stream.concat(
                IntStream.range(0, 3).boxed().flatMap(before -> behind(before, value)),
                alone(value));
    }

    private static Stream<SecretForm> alone(byte[] value) {
        String coded = Base64.getEncoder().encodeToString(value);
        return value.length * 8 / 6 < SHORTEST && coded.length() >= SHORTEST
                ? Stream.of(coded, coded.replace('+', '-').replace('/', '_'))
                        .distinct()
                        .flatMap(PlainForm::of)
                : Stream.of();
    }

    private static Stream<SecretForm> behind(int bytes, byte[] value) {
        byte[] shifted = new byte[bytes + value.length];
        System.arraycopy(value, 0, shifted, bytes, value.length);
        String coded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int from = (bytes * 8 + 5) / 6;
        int to = shifted.length * 8 / 6;
        if (to - from < SHORTEST) {
            return Stream.of();
        }
        String sure = coded.substring(from, to);
        return Stream.of(sure, sure.replace('+', '-').replace('/', '_'))
                .distinct()
                .map(text ->
                        new Base64Form(
                                text.getBytes(StandardCharsets.US_ASCII),
                                bytes > 0,
                                to < coded.length()));
    }

    @Override
    public int length() {
        return sure.length;
    }

    @Override
    public boolean cover(byte[] text) {
        boolean found = false;
        for (int at = SecretForm.find(sure, text, 0);
                at >= 0;
                at = SecretForm.find(sure, text, at + sure.length)) {
            fill(text, at, at + sure.length, before, after);
            found = true;
        }
        int from = 0;
        for (int at = 0; at <= text.length; at++) {
            if (at == text.length || text[at] == '\n') {
                int to = at > from && text[at - 1] == '\r' ? at - 1 : at;
                found |= coverPiece(text, from, to);
                from = at + 1;
            }
        }
        return found;
    }

    /// A line that holds a part: its beginning at the line's end, its middle, or its end.
    private boolean coverPiece(byte[] text, int from, int to) {
        int length = to - from;
        if (length < SHORTEST_END || length > LONGEST_LINE) {
            return false;
        }
        return coverBeginning(text, from, to)
                || coverMiddle(text, from, to)
                || coverEnd(text, from, to);
    }

    private boolean coverBeginning(byte[] text, int from, int to) {
        for (int piece = Math.min(to - from, sure.length - 1); piece >= SHORTEST; piece--) {
            // Almost always told by one byte, and asked for every line
            if (text[to - piece] == sure[0]
                    && Arrays.equals(text, to - piece, to, sure, 0, piece)) {
                fill(text, to - piece, to, before, false);
                return true;
            }
        }
        return false;
    }

    private boolean coverMiddle(byte[] text, int from, int to) {
        int length = to - from;
        for (int at = 1; length >= SHORTEST_LINE && at + length < sure.length; at++) {
            if (Arrays.equals(text, from, to, sure, at, at + length)) {
                fill(text, from, to, false, false);
                return true;
            }
        }
        return false;
    }

    private boolean coverEnd(byte[] text, int from, int to) {
        for (int piece = Math.min(to - from, sure.length - 1); piece >= SHORTEST_END; piece--) {
            if (text[from + piece - 1] == sure[sure.length - 1]
                    && (piece >= SHORTEST || isAll(text, from + piece, to))
                    && Arrays.equals(
                            text, from, from + piece, sure, sure.length - piece, sure.length)) {
                fill(text, from, from + piece, false, after);
                return true;
            }
        }
        return false;
    }

    /// Whether nothing follows but the character that is shared, and padding.
    private boolean isAll(byte[] text, int at, int to) {
        int padding = after && at < to ? at + 1 : at;
        while (padding < to && text[padding] == '=') {
            padding++;
        }
        return padding == to;
    }

    private static void fill(byte[] text, int from, int to, boolean before, boolean after) {
        Arrays.fill(
                text,
                before && isCoded(text, from - 1) ? from - 1 : from,
                after && isCoded(text, to) ? to + 1 : to,
                (byte) '*');
    }

    private static boolean isCoded(byte[] text, int at) {
        return at >= 0
                && at < text.length
                && (Character.isLetterOrDigit(text[at]) || "+/-_".indexOf(text[at]) >= 0);
    }
}
