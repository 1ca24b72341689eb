package dev.millwright.cli.node;

import dev.millwright.cli.command.CliException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads an amount of data, such as `10GiB`.
final class SizeOption {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,12})(B|KiB|MiB|GiB|TiB)?");

    private SizeOption() {}

    /// In bytes.
    ///
    /// @param place where it was written, for people
    static long parse(String place, String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw CliException.usage(
                    "%s: '%s' is not a size; sizes look like 500MiB or 10GiB"
                            .formatted(place, text));
        }
        long amount = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2) == null ? "B" : matcher.group(2);
        return switch (unit) {
            case "KiB" -> amount << 10;
            case "MiB" -> amount << 20;
            case "GiB" -> amount << 30;
            case "TiB" -> amount << 40;
            default -> amount;
        };
    }
}
