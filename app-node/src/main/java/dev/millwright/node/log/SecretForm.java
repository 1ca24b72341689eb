package dev.millwright.node.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

/// One way in which programs write a secret: as it is, each line of those that have several, in
/// URLs, in JSON, and as base64, also where that is broken into lines.
///
/// Values of less than four bytes have none: they would hide half of any log. Immutable.
sealed interface SecretForm permits PlainForm, Base64Form {
    /// All ways to write that value.
    static Stream<SecretForm> of(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return Stream.concat(
                value.lines()
                        .map(String::strip)
                        .flatMap(line ->
                                Stream.of(
                                                Stream.of(line),
                                                Escapes.inUrls(line),
                                                Escapes.inJson(line))
                                        .flatMap(texts -> texts))
                        .distinct()
                        .flatMap(PlainForm::of),
                Base64Form.of(bytes));
    }

    /// Where that stands in a text from a place on; -1 for nowhere.
    static int find(byte[] wanted, byte[] text, int from) {
        for (int at = from; at + wanted.length <= text.length; at++) {
            if (Arrays.equals(text, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }

    /// In bytes.
    int length();

    /// Put `*` over it wherever it stands in a text. False when it does not.
    boolean cover(byte[] text);
}
