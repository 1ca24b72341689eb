package dev.millwright.node.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.stream.Stream;

/// A text as programs write it into URLs and JSON: they differ in what they escape.
final class Escapes {
    private static final String UNRESERVED =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._";

    private static final HexFormat UPPER = HexFormat.of().withUpperCase();
    private static final HexFormat LOWER = HexFormat.of();

    private Escapes() {}

    /// Those of forms (Java, Python), paths (Python) and components (browsers, Go), in both cases.
    static Stream<String> inUrls(String text) {
        return Stream.of(UPPER, LOWER)
                .flatMap(hex ->
                        Stream.of(
                                inUrl(text, "*", "+", hex),
                                inUrl(text, "~", "+", hex),
                                inUrl(text, "~", "%20", hex),
                                inUrl(text, "~/", "%20", hex),
                                inUrl(text, "~!*'()", "%20", hex)));
    }

    private static String inUrl(String text, String kept, String blank, HexFormat hex) {
        StringBuilder url = new StringBuilder();
        for (byte one : text.getBytes(UTF_8)) {
            if (one == ' ') {
                url.append(blank);
            } else if (one > 0 && (UNRESERVED.indexOf(one) >= 0 || kept.indexOf(one) >= 0)) {
                url.append((char) one);
            } else {
                url.append('%').append(hex.toHexDigits(one));
            }
        }
        return url.toString();
    }

    /// With nothing escaped that need not be; with slashes; in ASCII; and fit for HTML.
    static Stream<String> inJson(String text) {
        String plain = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t");
        return Stream.of(UPPER, LOWER)
                .flatMap(hex ->
                        Stream.of(
                                plain,
                                numbered(plain, "", true, hex),
                                numbered(plain, "<>&", false, hex),
                                numbered(plain, "<>&", true, hex)))
                .flatMap(json -> Stream.of(json, json.replace("/", "\\/")));
    }

    /// @param special characters that get their numbers
    /// @param ascii whether all that are not ASCII get theirs, too
    private static String numbered(String text, String special, boolean ascii, HexFormat hex) {
        StringBuilder json = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            if (special.indexOf(one) >= 0 || (ascii && one > 0x7e)) {
                json.append("\\u").append(hex.toHexDigits(one));
            } else {
                json.append(one);
            }
        }
        return json.toString();
    }
}
