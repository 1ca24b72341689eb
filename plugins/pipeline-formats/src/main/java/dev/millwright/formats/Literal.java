package dev.millwright.formats;

import java.util.regex.Pattern;

/// Writes texts so that Millwright takes them as they are: `${inputs.x}` means nothing to other
/// systems.
final class Literal {
    /// As the engine knows them; one more dollar sign makes them literal.
    private static final Pattern REFERENCE =
            Pattern.compile("\\$?\\$\\{\\{?[^{}.$]{1,100}\\.[^{}]{1,300}}");

    private Literal() {}

    static String of(String text) {
        return REFERENCE.matcher(text).replaceAll("\\$$0");
    }
}
