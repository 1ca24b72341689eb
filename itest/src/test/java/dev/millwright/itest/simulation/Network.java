package dev.millwright.itest.simulation;

import java.util.HashMap;
import java.util.Map;

/// Delays everything a little and, while a way is cut, until it is whole again, as TCP does; keeps
/// the order within a stream and none between streams. One thread.
final class Network {
    private final Timeline timeline;
    private final Map<String, Long> cutUntil = new HashMap<>();

    Network(Timeline timeline) {
        this.timeline = timeline;
    }

    /// Cut one direction.
    void cut(String from, String to, long millis) {
        cutUntil.put(from + ">" + to, timeline.now() + millis);
        timeline.trace("network: %s to %s is cut for %d ms", from, to, millis);
    }

    void heal() {
        cutUntil.clear();
    }

    /// The receiver takes it later.
    void later(long millis, Runnable arrival) {
        timeline.after(millis, arrival);
    }

    /// @param notBefore when the message before it in the same stream arrives
    /// @return when it arrives
    long deliver(String from, String to, long notBefore, Runnable arrival) {
        long whole = Math.max(timeline.now(), cutUntil.getOrDefault(from + ">" + to, 0L));
        int slow = timeline.oneIn(50) ? timeline.between(500, 8_000) : timeline.between(1, 40);
        long at = Math.max(notBefore, whole + slow);
        timeline.after(at - timeline.now(), arrival);
        return at;
    }
}
