package dev.millwright.docker.settings;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Amounts of memory as users write them.
public final class Sizes {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})([kmgt]?)(i?b)?");
    private static final String UNITS = "kmgt";

    private Sizes() {}

    /// In bytes. Throws [IllegalArgumentException] with the key when it is none, or nothing.
    public static long parse(String key, String text) {
        Matcher size = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!size.matches() || Long.parseLong(size.group(1)) == 0) {
            throw new IllegalArgumentException(
                    "'%s' is a size such as 512m or 2g, not '%s'".formatted(key, text));
        }
        int unit = size.group(2).isEmpty() ? 0 : UNITS.indexOf(size.group(2)) + 1;
        return Long.parseLong(size.group(1)) << (10 * unit);
    }
}
