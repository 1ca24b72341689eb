package dev.millwright.api;

import java.time.Duration;
import java.util.Optional;

/// Follow something live, through broken connections and restarts of the server, each element once
/// and in order.
///
/// Any thread may close it; one thread reads it.
///
/// ```java
/// try (LiveStream<EventView> events = client.followRun(run, 0)) {
///     while (!events.isEnded()) {
///         events.poll(Duration.ofMillis(200)).ifPresent(this::show);
///     }
/// }
/// ```
public sealed interface LiveStream<T> extends AutoCloseable permits SseFollower {
    /// Wait for the next element. Empty when none came in time or the stream has ended. Throws
    /// [ApiException] when the server refuses to go on, as for an unknown run or a wrong key.
    Optional<T> poll(Duration wait);

    /// Whether the server said that nothing will follow and everything has been read.
    boolean isEnded();

    /// Whether the connection stands and the server was heard on it a moment ago; it is made anew
    /// by itself when it breaks.
    boolean isConnected();

    @Override
    void close();
}
