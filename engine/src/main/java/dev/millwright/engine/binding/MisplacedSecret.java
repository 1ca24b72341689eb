package dev.millwright.engine.binding;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A reference in a value of `environment` that nobody would look up there. Pure.
///
/// What shells write alike, such as `${env:-x}` or `$${env:X}`, is none.
///
/// @param reference as it is written
/// @param remedy what to write instead
public record MisplacedSecret(String reference, String message, String remedy) {
    private static final Pattern FORM =
            Pattern.compile(
                    "(?<!\\$)\\$\\{(env:[A-Za-z_][A-Za-z0-9_]*|file:[A-Za-z_./~][^{}]*|secret:[^{}]+)}");
    private static final String WHOLE = "{from_secret: STORE/PATH#KEY}";

    /// The first one of a value; empty when the value can be used as it is.
    public static Optional<MisplacedSecret> in(String value) {
        if (SecretSource.OF_STORE.matcher(value).matches()) {
            return Optional.empty();
        }
        Matcher found = FORM.matcher(value);
        return found.find() ? Optional.of(of(found.group())) : Optional.empty();
    }

    private static MisplacedSecret of(String reference) {
        String kind = reference.substring(2, reference.indexOf(':'));
        String what =
                switch (kind) {
                    case "env" -> "a step reads the environment of its node itself";
                    case "file" -> "a step reads the files of its node itself";
                    default -> "a secret is the whole value, and no part of one";
                };
        return new MisplacedSecret(
                reference,
                kind.equals("secret")
                        ? "'%s' is only a part of the value: %s".formatted(reference, what)
                        : "environment takes no ${%s:...}: %s".formatted(kind, what),
                kind.equals("secret")
                        ? "write " + WHOLE + ", and put the rest to it in 'commands'"
                        : "for a secret write " + WHOLE);
    }
}
