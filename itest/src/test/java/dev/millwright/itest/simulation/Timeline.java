package dev.millwright.itest.simulation;

import java.time.Instant;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Virtual time, in milliseconds from 0, and all chance. What happens at the same moment happens in
/// the order in which it was planned. One thread.
final class Timeline {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private record Event(long at, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Random random;
    private final @Nullable Consumer<String> trace;
    private long order;
    private long now;

    /// @param trace takes a line for each event, when somebody wants to read them
    Timeline(long seed, @Nullable Consumer<String> trace) {
        this.random = new Random(seed);
        this.trace = trace;
    }

    long now() {
        return now;
    }

    Instant instant(long skew) {
        return BEGIN.plusMillis(now + skew);
    }

    void after(long millis, Runnable action) {
        events.add(new Event(now + millis, order++, action));
    }

    /// Let the next event happen; false when nothing is planned.
    boolean next() {
        Event event = events.poll();
        if (event == null) {
            return false;
        }
        now = event.at();
        event.action().run();
        return true;
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    /// From the first number up to, but not, the second.
    int between(int from, int to) {
        return from + random.nextInt(to - from);
    }

    void trace(String format, Object... arguments) {
        if (trace != null) {
            trace.accept("%8d  %s".formatted(now, format.formatted(arguments)));
        }
    }
}
