package dev.millwright.model.log;

import java.util.regex.Pattern;

/// The escape sequences of terminals: colours, movements of the cursor, titles of windows. Pure.
public final class Escapes {
    private static final Pattern SEQUENCES =
            Pattern.compile(
                    "\u001b(\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(\u0007|\u001b\\\\)|[@-Z\\\\-_])");

    private Escapes() {}

    public static String removedFrom(String text) {
        return text.indexOf('\u001b') < 0 ? text : SEQUENCES.matcher(text).replaceAll("");
    }
}
