package dev.millwright.server.node;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Says from when on a node's silence counts: what it did not say while nobody could hear it does
/// not.
///
/// After a start of the server, or a pause of its machine, all nodes come back, with pauses between
/// their tries, and one of a thousand waits for the others to be taken in. As long as nodes keep
/// coming, those that are still missing get more time, up to a limit. The first of many may come
/// late, when all are taken in side by side: it is early enough while nobody can be suspect yet.
/// One thread.
final class Hearing {
    /// After a pause of this length, of the server or its machine, nodes get time to be heard
    /// again.
    private static final Duration NAP = Duration.ofSeconds(8);

    /// The most that nodes get, in times of the silence that makes one suspect.
    private static final int MOST = 6;

    private final Duration respite;
    private Instant began = Instant.MIN;
    private Instant since = Instant.MIN;
    private @Nullable Instant lastLook;
    private long lastArrivals;

    /// @param respite the time that nodes get, from the start on and after each arrival, and the
    ///   silence after it that makes one suspect
    Hearing(Duration respite) {
        this.respite = respite;
    }

    /// To be asked about every second.
    ///
    /// @param now by the database's clock
    /// @param arrivals how many nodes have come so far
    Instant since(Instant now, long arrivals) {
        if (lastLook == null || Duration.between(lastLook, now).compareTo(NAP) > 0) {
            began = now;
            since = now.plus(respite);
        } else if (arrivals != lastArrivals && now.isBefore(since.plus(respite))) {
            Instant last = began.plus(respite.multipliedBy(MOST));
            Instant later = now.plus(respite);
            since = later.isBefore(last) ? later : last;
        }
        lastLook = now;
        lastArrivals = arrivals;
        return since;
    }
}
