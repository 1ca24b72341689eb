package dev.millwright.model.resource;

import dev.millwright.model.MillwrightException;
import java.util.regex.Pattern;

/// The rule for names that users give to resources: a DNS label.
public final class Labels {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private Labels() {}

    /// Give the name back, or throw [MillwrightException] saying what is wrong with it.
    public static String requireName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new MillwrightException(
                    "%s '%s' is not a valid name: use up to 63 lower-case letters, digits and '-', starting and ending with a letter or digit"
                            .formatted(what, name));
        }
        return name;
    }
}
