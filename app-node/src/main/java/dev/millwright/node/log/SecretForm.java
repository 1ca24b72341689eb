package dev.millwright.node.log;

import java.nio.charset.StandardCharsets;
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

    /// In bytes.
    int length();

    /// Put `*` over it wherever it stands in a text. False when it does not.
    boolean cover(byte[] text);
}
