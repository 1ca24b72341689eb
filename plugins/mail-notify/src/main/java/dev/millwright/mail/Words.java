package dev.millwright.mail;

import dev.millwright.plugin.notify.Notification.Change;

/// Words for people. Pure.
final class Words {
    private Words() {}

    static String of(Change change) {
        return switch (change) {
            case STARTED -> "started";
            case SUCCEEDED -> "succeeded";
            case FIXED -> "fixed";
            case BROKEN -> "failed";
            case STILL_BROKEN -> "failed again";
            case CANCELLED -> "cancelled";
            case WAITING -> "waits for an approval";
        };
    }

    /// In one line, without anything that a terminal or a header would take for more than text.
    static String inOneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\x80-\\x9f\\u2028\\u2029]+", " ").strip();
    }
}
