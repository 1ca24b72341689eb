package dev.millwright.model;

import java.time.Duration;
import java.util.Locale;

/// How long something took, as people read it. Pure.
public final class Elapsed {
    private Elapsed() {}

    /// A limit that people have set, such as `30 s` or `10 min`.
    public static String limit(Duration time) {
        long seconds = time.toSeconds();
        return seconds % 60 == 0 && seconds > 0 ? seconds / 60 + " min" : seconds + " s";
    }

    /// Such as `0.4s`, `12.3s`, `3m05s`, `2h07m`, `4d03h`.
    public static String words(Duration time) {
        long millis = Math.max(0, time.toMillis());
        long seconds = millis / 1000;
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%d.%ds", seconds, millis % 1000 / 100);
        }
        long minutes = seconds / 60;
        if (minutes < 60) {
            return String.format(Locale.ROOT, "%dm%02ds", minutes, seconds % 60);
        }
        long hours = minutes / 60;
        return hours < 24
                ? String.format(Locale.ROOT, "%dh%02dm", hours, minutes % 60)
                : String.format(Locale.ROOT, "%dd%02dh", hours / 24, hours % 24);
    }
}
