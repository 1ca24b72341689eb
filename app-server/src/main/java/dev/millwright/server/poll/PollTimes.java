package dev.millwright.server.poll;

import java.time.Duration;
import java.time.Instant;

/// When a poll looks. Each has a moment of its own within its interval, the same in every life of
/// every server, so that many polls do not look at once. Pure.
final class PollTimes {
    /// A new poll looks within that time.
    private static final Duration SOON = Duration.ofSeconds(10);

    /// Failures make the pause no longer than this, unless the interval is.
    private static final Duration LONGEST = Duration.ofHours(1);

    /// The other side may ask for a pause of this length, and for no longer one.
    private static final Duration LONGEST_ASKED = Duration.ofDays(1);

    private static final int MOST_DOUBLINGS = 20;

    private PollTimes() {}

    /// The first look of a poll that was just made.
    static Instant first(PollKey poll, Duration every, Instant now) {
        return now.plusMillis(part(poll, shorter(every, SOON)));
    }

    /// The look after one that succeeded.
    static Instant next(PollKey poll, Duration every, Instant now) {
        long step = every.toMillis();
        long phase = part(poll, every);
        long turns = Math.floorDiv(now.toEpochMilli() - phase, step) + 1;
        return Instant.ofEpochMilli(turns * step + phase);
    }

    /// The look after one that failed.
    ///
    /// @param failures in a row, with that one
    /// @param asked the shortest pause that the other side asked for
    static Instant afterFailure(
            PollKey poll, Duration every, int failures, Duration asked, Instant now) {
        int doublings = Math.min(Math.max(failures - 1, 0), MOST_DOUBLINGS);
        Duration longest = LONGEST.compareTo(every) > 0 ? LONGEST : every;
        Duration own = shorter(every.multipliedBy(1L << doublings), longest);
        Duration told = shorter(asked, LONGEST_ASKED);
        Duration pause = own.compareTo(told) > 0 ? own : told;
        // Polls that failed together do not come back together
        return now.plus(pause).plusMillis(part(poll, pause.dividedBy(10)));
    }

    private static long part(PollKey poll, Duration whole) {
        long most = whole.toMillis();
        return most <= 0 ? 0 : Math.floorMod((long) poll.seed(), most);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
