package dev.millwright.cli.terminal;

import dev.millwright.model.Elapsed;
import java.time.Duration;
import java.time.Instant;

/// Times as people read them. Pure.
public final class Times {
    private Times() {}

    /// Such as `0.4s`, `12.3s`, `3m05s`, `2h07m`, `4d03h`.
    public static String duration(Duration time) {
        return Elapsed.words(time);
    }

    /// How long ago, in one unit, such as `8s`, `5m`, `3h`, `12d`.
    public static String age(Instant then, Instant now) {
        long seconds = Math.max(0, Duration.between(then, now).toSeconds());
        if (seconds < 120) {
            return seconds + "s";
        }
        if (seconds < 2 * 3600) {
            return seconds / 60 + "m";
        }
        return seconds < 48 * 3600 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
    }
}
