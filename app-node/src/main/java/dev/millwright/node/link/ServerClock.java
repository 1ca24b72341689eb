package dev.millwright.node.link;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The servers' time, as far as they have told it: theirs decides how long a certificate counts,
/// and a machine may be a day off. Until they have told it this machine's own. Any thread.
///
/// A clock that is far off stands in the log, and among the node's facts.
final class ServerClock implements InstantSource {
    /// What nobody needs to hear of.
    static final Duration TOLERATED = Duration.ofSeconds(30);

    /// Seconds by which this machine is ahead of the servers; missing when it is about right.
    static final String FACT = "clock.offset";

    /// What helps.
    static final String REMEDY = "timedatectl set-ntp true";

    private static final Logger log = LoggerFactory.getLogger(ServerClock.class);

    private final InstantSource own;
    private final FactsLine facts;
    private Duration ahead = Duration.ZERO;
    private Duration told = Duration.ZERO;

    ServerClock(InstantSource own, FactsLine facts) {
        this.own = own;
        this.facts = facts;
    }

    @Override
    public synchronized Instant instant() {
        return own.instant().minus(ahead);
    }

    /// A server has said what time it is.
    ///
    /// @param millis since 1970; 0 from a server of a version that does not tell
    void learn(String server, long millis) {
        if (millis == 0) {
            return;
        }
        Instant here = own.instant();
        Duration found = Duration.between(Instant.ofEpochMilli(millis), here);
        synchronized (this) {
            ahead = isFar(found) ? found : Duration.ZERO;
            // Else each answer that takes a little longer would be news
            if (isFar(ahead.minus(told)) || (ahead.isZero() && !told.isZero())) {
                told = ahead;
                notifyAll();
                tell(server, here);
            }
        }
    }

    /// Sleep, until a server says that it is quite another time.
    synchronized void sleep(Duration longest) throws InterruptedException {
        Duration before = told;
        long end = System.nanoTime() + longest.toNanos();
        for (long left = longest.toMillis();
                left > 0 && told.equals(before);
                left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }

    private static boolean isFar(Duration difference) {
        return difference.abs().compareTo(TOLERATED) > 0;
    }

    private void tell(String server, Instant here) {
        if (told.isZero()) {
            log.info("this machine's clock agrees with the server at {} again", server);
            facts.learn(Map.of());
            return;
        }
        log.warn(
                "this machine's clock says {} and is {} {} that of the server at {}; set it ({})."
                        + " Steps go on and their time limits hold; times that this node reports"
                        + " are wrong",
                here,
                words(told.abs()),
                told.isNegative() ? "behind" : "ahead of",
                server,
                REMEDY);
        facts.learn(Map.of(FACT, Long.toString(told.toSeconds())));
    }

    /// A time for people: `3 days`, `25 hours`, `12 minutes`, `40 s`.
    static String words(Duration time) {
        if (time.toHours() >= 72) {
            return time.toDays() + " days";
        }
        if (time.toMinutes() >= 120) {
            return time.toHours() + " hours";
        }
        return time.toSeconds() >= 120 ? time.toMinutes() + " minutes" : time.toSeconds() + " s";
    }
}
