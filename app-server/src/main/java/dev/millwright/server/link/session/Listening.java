package dev.millwright.server.link.session;

import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;

/// Asks for a node's next message and knows for how long the node has owed it. While none was asked
/// for, the silence is the server's own. Any thread.
final class Listening {
    private final ServerCallStreamObserver<?> stream;
    private volatile boolean waiting;
    private volatile long since;

    Listening(ServerCallStreamObserver<?> stream) {
        this.stream = stream;
    }

    void askForNext() {
        since = System.nanoTime();
        waiting = true;
        stream.request(1);
    }

    /// It has come, or is not wanted any more.
    void stop() {
        waiting = false;
    }

    /// @param nanos of [System#nanoTime()]
    boolean isSilentFor(Duration limit, long nanos) {
        return waiting && nanos - since > limit.toNanos();
    }
}
