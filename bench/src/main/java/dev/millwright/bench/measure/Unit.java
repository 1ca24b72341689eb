package dev.millwright.bench.measure;

import java.util.Locale;

/// What a figure counts, and how it is shown.
public enum Unit {
    MILLIS("ms"),
    SECONDS("s"),
    PER_SECOND("/s"),
    MEGABYTES("MB"),
    KILOBYTES("KB"),
    PERCENT("%"),
    TIMES("x"),
    COUNT("");

    private final String word;

    Unit(String word) {
        this.word = word;
    }

    /// Whether more is better.
    boolean wantsMore() {
        return this == PER_SECOND;
    }

    /// Three digits that count, and the unit.
    String show(double value) {
        double size = Math.abs(value);
        String pattern = this == COUNT || size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        return (String.format(Locale.ROOT, pattern, value) + " " + word).strip();
    }
}
