package dev.millwright.server.access;

import dev.millwright.model.Sha256;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A key as its holder shows it: `mw_`, a public id, `_`, and 256 random bits. Never printed by
/// accident.
final class AccessKey {
    /// Finds keys anywhere in a text.
    static final Pattern FORM = Pattern.compile("mw_([0-9A-Za-z]{8})_([0-9A-Za-z]{43})");

    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int ID_LENGTH = 8;
    // 62^43 is just above 2^256.
    private static final int SECRET_LENGTH = 43;

    private final String id;
    private final String text;

    private AccessKey(String id, String text) {
        this.id = id;
        this.text = text;
    }

    static AccessKey random(SecureRandom random) {
        String id = digits(random, ID_LENGTH);
        return new AccessKey(id, "mw_" + id + "_" + digits(random, SECRET_LENGTH));
    }

    static Optional<AccessKey> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new AccessKey(matcher.group(1), text))
                : Optional.empty();
    }

    String id() {
        return id;
    }

    /// The whole key. For its holder's eyes and its file only.
    String secret() {
        return text;
    }

    /// What is stored. The secret has too much entropy to need a slow hash.
    String hash() {
        return Sha256.hex(text);
    }

    private static String digits(SecureRandom random, int length) {
        StringBuilder text = new StringBuilder(length);
        random.ints(length, 0, DIGITS.length()).forEach(i -> text.append(DIGITS.charAt(i)));
        return text.toString();
    }

    @Override
    public String toString() {
        return "mw_" + id + "_***";
    }
}
