package dev.millwright.itest.system;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// How patient servers and agents are in tests of nodes: about a tenth of the usual times, the
/// usual ones with `-Dmillwright.long=true`.
///
/// @param silence after which an agent tries another connection
/// @param pause of an agent between tries, at most
/// @param patience of a test that waits for something to happen in spite of all this
public record Timers(
        Duration heartbeat,
        Duration suspect,
        Duration unreachable,
        Duration lost,
        Duration silence,
        Duration pause,
        Duration patience) {
    private static final boolean LONG = Boolean.getBoolean("millwright.long");

    /// With losses so late that a process that is slow to start again is never given up.
    public static final Timers NOW =
            LONG ? seconds(3, 10, 30, 600, 20, 30, 600) : seconds(0.3, 1, 3, 300, 2, 1, 60);

    /// For tests that wait for a loss.
    public static final Timers LOSING = NOW.withLost(Duration.ofSeconds(LONG ? 300 : 8));

    private Timers withLost(Duration time) {
        return new Timers(heartbeat, suspect, unreachable, time, silence, pause, patience);
    }

    private static Timers seconds(
            double heartbeat,
            double suspect,
            double unreachable,
            double lost,
            double silence,
            double pause,
            double patience) {
        return new Timers(
                of(heartbeat),
                of(suspect),
                of(unreachable),
                of(lost),
                of(silence),
                of(pause),
                of(patience));
    }

    private static Duration of(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    /// For the environment of a server.
    Map<String, String> server() {
        return Map.of(
                "MILLWRIGHT_NODES_HEARTBEAT", text(heartbeat),
                "MILLWRIGHT_NODES_SUSPECT_AFTER", text(suspect),
                "MILLWRIGHT_NODES_UNREACHABLE_AFTER", text(unreachable),
                "MILLWRIGHT_NODES_LOST_AFTER", text(lost));
    }

    /// Options of an agent.
    List<String> agent() {
        return List.of("--silence", text(silence), "--longest-pause", text(pause));
    }

    private static String text(Duration time) {
        return time.toMillis() + "ms";
    }
}
