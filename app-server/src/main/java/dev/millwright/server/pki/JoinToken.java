package dev.millwright.server.pki;

import dev.millwright.model.Sha256;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A one-time token as its holder shows it: a public id, a dot, and 256 random bits. Never printed
/// by accident.
final class JoinToken {
    private static final Pattern FORM =
            Pattern.compile("(?:([0-9a-f]{12})\\.)?([-_0-9A-Za-z]{43})");
    private static final int ID_BYTES = 6;
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String id;
    private final String secret;

    private JoinToken(String id, String secret) {
        this.id = id;
        this.secret = secret;
    }

    static JoinToken random() {
        byte[] id = new byte[ID_BYTES];
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(id);
        RANDOM.nextBytes(secret);
        return new JoinToken(
                HexFormat.of().formatHex(id),
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /// The id may be left out: the secret says it all.
    static Optional<JoinToken> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(
                        new JoinToken(
                                Objects.requireNonNullElse(matcher.group(1), "?"),
                                matcher.group(2)))
                : Optional.empty();
    }

    String id() {
        return id;
    }

    /// The whole token. For its holder's eyes only.
    String text() {
        return id + "." + secret;
    }

    /// What is stored. The secret has too much entropy to need a slow hash.
    String hash() {
        return Sha256.hex(secret);
    }

    @Override
    public String toString() {
        return id + ".***";
    }
}
