package dev.millwright.engine.schema;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads times as people write them: `10s`, `1h30m`, `250ms`, or ISO 8601 such as `PT10S`.
public final class Durations {
    /// Longer times are refused.
    public static final Duration LONGEST = Duration.ofDays(3_650);

    private static final Pattern FORM = Pattern.compile(PipelineSchema.DURATION);
    private static final Pattern PART = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Pattern LOOSE =
            Pattern.compile("([0-9]{1,9})\\s*([a-z]*)\\.?", Pattern.CASE_INSENSITIVE);
    private static final Map<String, String> UNITS =
            Map.ofEntries(
                    Map.entry("ms", "ms"),
                    Map.entry("millis", "ms"),
                    Map.entry("s", "s"),
                    Map.entry("sec", "s"),
                    Map.entry("second", "s"),
                    Map.entry("m", "m"),
                    Map.entry("min", "m"),
                    Map.entry("minute", "m"),
                    Map.entry("h", "h"),
                    Map.entry("hr", "h"),
                    Map.entry("hour", "h"),
                    Map.entry("d", "d"),
                    Map.entry("day", "d"));

    private Durations() {}

    /// Empty when the text is no duration, or one that is longer than [#LONGEST].
    public static Optional<Duration> parse(String text) {
        if (text.length() > 100 || !FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        return (text.startsWith("P") ? iso(text) : Optional.of(sum(text)))
                .filter(time -> time.compareTo(LONGEST) <= 0);
    }

    private static Optional<Duration> iso(String text) {
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeParseException malformed) {
            return Optional.empty();
        }
    }

    private static Duration sum(String text) {
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            sum = sum.plus(of(Long.parseLong(part.group(1)), part.group(2)));
        }
        return sum;
    }

    private static Duration of(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /// How a duration that was written wrongly is written: `write 10m` for `10 mins`.
    public static String suggestion(String text) {
        Matcher loose = LOOSE.matcher(text.strip());
        if (loose.matches()) {
            String amount = loose.group(1);
            String word = loose.group(2).toLowerCase(Locale.ROOT);
            String unit =
                    UNITS.get(
                            word.endsWith("s") && word.length() > 2
                                    ? word.substring(0, word.length() - 1)
                                    : word);
            if (word.isEmpty()) {
                return "write %ss, %sm or %sh".formatted(amount, amount, amount);
            }
            if (unit != null && parse(amount + unit).isPresent()) {
                return "write " + amount + unit;
            }
        }
        return FORM.matcher(text).matches()
                ? "no duration may be longer than 3650d"
                : "write it like 30s, 10m or 1h30m";
    }
}
