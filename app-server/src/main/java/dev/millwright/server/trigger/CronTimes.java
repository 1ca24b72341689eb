package dev.millwright.server.trigger;

import dev.millwright.server.resource.PipelineSpec.Cron;
import dev.millwright.server.trigger.schedule.CronSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// When one schedule of a pipeline fires, with its window and its jitter. Immutable.
///
/// @param pipeline `NAMESPACE/NAME`: spreads `H` and jitter
record CronTimes(String pipeline, Cron cron, List<CronSchedule> schedules) {
    /// An occurrence that is later than this was missed, and the misfire policy applies.
    private static final Duration MISSED = Duration.ofSeconds(30);

    private static final int MOST_MADE_UP = 10;

    /// After that many occurrences of a long absence, only its last day is looked at.
    private static final int MANY = 1_000;

    CronTimes {
        schedules = List.copyOf(schedules);
    }

    /// What to deliver now.
    ///
    /// @param next the first occurrence that is not due yet
    record Due(List<Instant> occurrences, Optional<Instant> next) {}

    /// Throws [dev.millwright.server.trigger.schedule.ScheduleException].
    static CronTimes of(String pipeline, Cron cron) {
        int seed = (pipeline + cron.name()).hashCode();
        return new CronTimes(
                pipeline,
                cron,
                cron.schedules().stream()
                        .map(text -> CronSchedule.parse(text, cron.timeZone(), seed))
                        .toList());
    }

    /// The first occurrence after that moment.
    Optional<Instant> next(Instant after) {
        Instant from =
                cron.startAt()
                        .map(start -> start.minusMillis(1))
                        .filter(after::isBefore)
                        .orElse(after);
        return schedules.stream()
                .flatMap(schedule -> schedule.next(from).stream())
                .min(Comparator.naturalOrder())
                .filter(time -> cron.endAt().map(end -> !time.isAfter(end)).orElse(true));
    }

    /// The occurrences to deliver now: those that are just due, and missed ones as the policy says.
    Due due(Instant first, Instant now) {
        Deque<Instant> missed = new ArrayDeque<>();
        List<Instant> fresh = new ArrayList<>();
        Optional<Instant> at = Optional.of(first);
        Instant due = Instant.MIN;
        for (int seen = 1; at.isPresent(); seen++) {
            Instant occurrence = at.get();
            Instant own = dueAt(occurrence);
            // One that is held back holds back those behind it
            due = own.isAfter(due) ? own : due;
            if (due.isAfter(now)) {
                break;
            }
            if (Duration.between(due, now).compareTo(MISSED) > 0) {
                missed.add(occurrence);
            } else {
                fresh.add(occurrence);
            }
            if (missed.size() > MOST_MADE_UP) {
                missed.removeFirst();
            }
            Instant lastDay = now.minus(Duration.ofDays(1));
            at = next(seen == MANY && occurrence.isBefore(lastDay) ? lastDay : occurrence);
        }
        List<Instant> chosen =
                switch (cron.misfire()) {
                    case SKIP -> new ArrayList<>();
                    case ONCE ->
                            missed.isEmpty() || !fresh.isEmpty()
                                    ? new ArrayList<>()
                                    : new ArrayList<>(List.of(missed.getLast()));
                    case ALL -> new ArrayList<>(missed);
                };
        chosen.addAll(fresh);
        return new Due(chosen, at);
    }

    /// Each occurrence is held back by a part of the jitter that is its own and always the same.
    Instant dueAt(Instant occurrence) {
        long most = cron.jitter().toMillis();
        return most == 0
                ? occurrence
                : occurrence.plusMillis(
                        Math.floorMod(
                                (pipeline + cron.name() + occurrence).hashCode() * 2_654_435_761L,
                                most));
    }

    /// Another one when the occurrences are others.
    String hash() {
        return Integer.toHexString(
                List.of(
                                cron.schedules(),
                                cron.timeZone().getId(),
                                String.valueOf(cron.startAtOrNull()),
                                String.valueOf(cron.endAtOrNull()))
                        .hashCode());
    }
}
