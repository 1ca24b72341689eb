package dev.millwright.mail;

import java.util.regex.Pattern;

/// What is taken for an address of mail: plain ones, without names, comments and quotes. Nothing
/// that passes can end a line or begin another address. Pure.
final class MailAddress {
    private static final Pattern PLAIN =
            Pattern.compile(
                    "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})");

    private MailAddress() {}

    static boolean isPlain(String text) {
        return PLAIN.matcher(text).matches() && !text.contains("..");
    }

    /// Throws [IllegalArgumentException] for anything else.
    static String checked(String key, String text) {
        if (!isPlain(text)) {
            throw new IllegalArgumentException(
                    "%s: '%s' is no address such as team@example.org".formatted(key, text));
        }
        return text;
    }
}
