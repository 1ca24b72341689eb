package dev.millwright.server.log;

import java.time.Duration;

/// Follow a log while it grows.
///
/// Called from one thread, except [#close], which any thread may call.
public final class LogFollower implements AutoCloseable {
    LogFollower() {}

    /// What is there behind the last page, at most `limit` lines; waits for it that long. A page
    /// without lines means that nothing came in time.
    public LogPage next(int limit, Duration wait) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /// Whether the attempt is over and everything was handed out.
    public boolean isEnded() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
