package dev.millwright.server.link.session;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes words that may hold what a node has sent fit for logs and for the headers of gRPC: on one
/// line and short.
final class PlainWords {
    private static final int LIMIT = 300;
    private static final Pattern UNPRINTABLE = Pattern.compile("\\p{Cntrl}");

    private PlainWords() {}

    static String of(@Nullable String words) {
        String oneLine = UNPRINTABLE.matcher(words == null ? "" : words).replaceAll("?");
        return oneLine.length() > LIMIT ? oneLine.substring(0, LIMIT) + "..." : oneLine;
    }
}
