package dev.millwright.gitpoll;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// How often each host may be asked: a few looks at a time, and none for a while after it did not
/// answer, whichever pipelines ask.
///
/// Called from any thread.
final class Hosts {
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int MOST_DOUBLINGS = 10;

    private final int atOnce;
    private final Duration patience;
    private final Map<String, Host> hosts = new ConcurrentHashMap<>();

    /// @param atOnce looks at one host at a time
    /// @param patience the longest wait for one's turn
    Hosts(int atOnce, Duration patience) {
        this.atOnce = atOnce;
        this.patience = patience;
    }

    Host of(String name) {
        return hosts.computeIfAbsent(name, Host::new);
    }

    /// Why a host is left alone.
    ///
    /// @param pause until it may be asked again
    record Rest(String reason, Duration pause) {}

    /// One host.
    final class Host {
        private final String name;
        private final Semaphore turns = new Semaphore(atOnce);
        private int failures;
        private String problem = "";
        private Instant restUntil = Instant.MIN;

        private Host(String name) {
            this.name = name;
        }

        /// Take a turn, which [#leave] gives back. Empty when the turn is taken; else why not.
        Optional<Rest> enter(Instant now) throws InterruptedException {
            Optional<Rest> before = rest(now);
            if (before.isPresent()) {
                return before;
            }
            long began = System.nanoTime();
            if (!turns.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return Optional.of(
                        new Rest(
                                "%s is busy: %d looks at it go on".formatted(name, atOnce),
                                Duration.ZERO));
            }
            // Whoever was before may have found out that it does not answer
            Optional<Rest> after = rest(now.plusNanos(System.nanoTime() - began));
            if (after.isPresent()) {
                turns.release();
            }
            return after;
        }

        private synchronized Optional<Rest> rest(Instant now) {
            return now.isBefore(restUntil)
                    ? Optional.of(
                            new Rest(
                                    "%s is left alone for a while: %s".formatted(name, problem),
                                    Duration.between(now, restUntil)))
                    : Optional.empty();
        }

        void leave() {
            turns.release();
        }

        synchronized void answered() {
            failures = 0;
            restUntil = Instant.MIN;
        }

        /// Note that the host did not answer, or asked to be left alone. Gives the pause.
        synchronized Duration failed(String why, Duration asked, Instant now) {
            failures++;
            Duration own = SHORTEST.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
            Duration bounded = own.compareTo(LONGEST) < 0 ? own : LONGEST;
            Duration pause = bounded.compareTo(asked) > 0 ? bounded : asked;
            problem = why;
            restUntil = now.plus(pause);
            return pause;
        }
    }
}
