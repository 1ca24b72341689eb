package dev.millwright.server.trigger.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.millwright.engine.schema.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One cron expression in one time zone. Immutable.
///
/// A time of day that the clock skips in spring counts at the moment of the change; one that comes
/// twice in autumn counts the first time only. Schedules for every hour go on through both changes.
public final class CronSchedule {
    private static final CronDefinition WITH_SECONDS =
            CronDefinitionBuilder.instanceDefinitionFor(CronType.SPRING53);
    private static final CronDefinition UNIX =
            CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX);
    private static final Map<String, String> MACROS =
            Map.of(
                    "@hourly", "0 * * * *",
                    "@daily", "0 0 * * *",
                    "@midnight", "0 0 * * *",
                    "@weekly", "0 0 * * 0",
                    "@monthly", "0 0 1 * *",
                    "@yearly", "0 0 1 1 *",
                    "@annually", "0 0 1 1 *");
    private static final Pattern SPREAD = Pattern.compile("H(\\((\\d+)-(\\d+)\\))?");
    private static final int[] RANGES = {60, 24, 28, 12, 7};
    private static final int[] FIRSTS = {0, 0, 1, 1, 0};
    private static final Duration SHORTEST = Duration.ofSeconds(10);

    private final @Nullable ExecutionTime times;
    private final @Nullable Duration every;
    private final ZoneId zone;
    private final boolean everyHour;

    private CronSchedule(
            @Nullable ExecutionTime times,
            @Nullable Duration every,
            ZoneId zone,
            boolean everyHour) {
        this.times = times;
        this.every = every;
        this.zone = zone;
        this.everyHour = everyHour;
    }

    /// What is wrong with the expression; empty when it is a schedule.
    public static Optional<String> problem(String expression) {
        try {
            parse(expression, ZoneOffset.UTC, 0);
            return Optional.empty();
        } catch (ScheduleException wrong) {
            return Optional.of(String.valueOf(wrong.getMessage()));
        }
    }

    /// Throws [ScheduleException] saying what is wrong with the expression.
    ///
    /// @param seed spreads `H`: the same for one schedule, different between schedules
    public static CronSchedule parse(String expression, ZoneId zone, int seed) {
        String text = expression.strip();
        if (text.startsWith("@every ")) {
            Duration every =
                    Durations.parse(text.substring("@every ".length()).strip())
                            .filter(time -> time.compareTo(SHORTEST) >= 0)
                            .orElseThrow(
                                    () -> wrong(expression, "write a duration of 10s or more"));
            return new CronSchedule(null, every, zone, true);
        }
        String plain = spread(MACROS.getOrDefault(text.toLowerCase(Locale.ROOT), text), seed);
        List<String> parts = List.of(plain.split("\\s+", -1));
        int fields = parts.size();
        if (fields != 5 && fields != 6) {
            throw wrong(expression, "write 5 fields, or 6 with seconds in front");
        }
        try {
            CronParser parser = new CronParser(fields == 5 ? UNIX : WITH_SECONDS);
            return new CronSchedule(
                    ExecutionTime.forCron(parser.parse(plain)),
                    null,
                    zone,
                    parts.get(fields - 4).equals("*"));
        } catch (IllegalArgumentException malformed) {
            throw wrong(expression, String.valueOf(malformed.getMessage()));
        }
    }

    private static ScheduleException wrong(String expression, String why) {
        return new ScheduleException("'%s' is not a schedule: %s".formatted(expression, why));
    }

    /// Puts a number in the place of each `H`, as Jenkins does.
    private static String spread(String expression, int seed) {
        String[] fields = expression.split("\\s+", -1);
        int offset = fields.length == 6 ? -1 : 0;
        for (int i = 0; i < fields.length; i++) {
            int kind = i + offset;
            Matcher spread = SPREAD.matcher(fields[i]);
            if (spread.find() && fields[i].startsWith("H") && kind < RANGES.length) {
                int first = kind < 0 ? 0 : FIRSTS[kind];
                int range = kind < 0 ? 60 : RANGES[kind];
                if (spread.group(1) != null) {
                    first = Integer.parseInt(spread.group(2));
                    range = Integer.parseInt(spread.group(3)) - first + 1;
                }
                int value = first + Math.floorMod(seed * 31 + i * 17, Math.max(1, range));
                fields[i] = spread.replaceFirst(Integer.toString(value));
            }
        }
        return String.join(" ", fields);
    }

    /// The first occurrence after that moment; empty when there is none any more.
    public Optional<Instant> next(Instant after) {
        if (every != null) {
            long step = every.toMillis();
            return Optional.of(Instant.ofEpochMilli((after.toEpochMilli() / step + 1) * step));
        }
        if (everyHour) {
            return nextOfEveryHour(after);
        }
        LocalDateTime local = LocalDateTime.ofInstant(after, zone);
        for (int tries = 0; tries < 10_000; tries++) {
            Optional<LocalDateTime> next = nextLocal(local);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            Instant instant = instant(next.get());
            if (instant.isAfter(after)) {
                return Optional.of(instant);
            }
            // In autumn, local times that have been come once more
            local = next.get();
        }
        return Optional.empty();
    }

    /// Counts with one offset until the clock changes, and with the next from there.
    private Optional<Instant> nextOfEveryHour(Instant after) {
        ZoneOffset offset = zone.getRules().getOffset(after);
        Optional<Instant> next =
                nextLocal(LocalDateTime.ofInstant(after, offset))
                        .map(local -> local.toInstant(offset));
        @Nullable ZoneOffsetTransition change = zone.getRules().nextTransition(after);
        if (change == null || next.isEmpty() || next.get().isBefore(change.getInstant())) {
            return next;
        }
        return nextLocal(change.getDateTimeAfter().minusNanos(1))
                .map(local -> local.toInstant(change.getOffsetAfter()));
    }

    private Optional<LocalDateTime> nextLocal(LocalDateTime after) {
        return times == null
                ? Optional.empty()
                : times.nextExecution(after.atZone(ZoneOffset.UTC))
                        .map(time -> time.toLocalDateTime());
    }

    private Instant instant(LocalDateTime local) {
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        return change != null && change.isGap()
                ? change.getInstant()
                : local.atZone(zone).toInstant();
    }
}
