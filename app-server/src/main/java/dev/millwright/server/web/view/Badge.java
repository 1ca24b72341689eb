package dev.millwright.server.web.view;

import dev.millwright.api.run.Status;
import java.util.Optional;

/// Draws a badge.
public final class Badge {
    private static final int LETTER = 7;
    private static final int MARGIN = 10;

    private Badge() {}

    public static String of(String pipeline, Optional<Status> status) {
        String word = status.map(Status::word).orElse("unknown");
        int left = width(pipeline);
        int right = width(word);
        return """
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="20" role="img" aria-label="%3$s: %4$s">
        <title>%3$s: %4$s</title>
        <clipPath id="r"><rect width="%1$d" height="20" rx="3"/></clipPath>
        <g clip-path="url(#r)"><rect width="%2$d" height="20" fill="#444"/><rect x="%2$d" width="%5$d" height="20" fill="%6$s"/></g>
        <g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
        <text x="%7$d" y="14">%3$s</text><text x="%8$d" y="14">%4$s</text></g>
        </svg>
        """
                .formatted(
                        left + right,
                        left,
                        escape(pipeline),
                        word,
                        right,
                        colour(status),
                        left / 2,
                        left + right / 2);
    }

    private static int width(String text) {
        return text.length() * LETTER + MARGIN;
    }

    /// Dark enough for white letters.
    private static String colour(Optional<Status> status) {
        return switch (status.orElse(Status.SKIPPED)) {
            case SUCCESS -> "#15803d";
            case WARNING -> "#a16207";
            case FAILURE, TIMEOUT -> "#b91c1c";
            case ERROR -> "#7e22ce";
            case PENDING, BLOCKED, QUEUED, RUNNING, CANCELLING -> "#1d4ed8";
            case CANCELLED, SKIPPED -> "#6b7280";
        };
    }

    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
