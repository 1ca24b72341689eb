package dev.millwright.server.web.http;

import java.time.Duration;

/// What callers may ask of the server at most.
///
/// @param body bytes of a body
/// @param headers bytes of all headers of a request
/// @param idle how long a connection may be silent
/// @param slow how long the head of a request may take from its first byte, and how long a body may
///   come as slowly as it likes
/// @param connections open connections; more wait to be accepted
public record HttpLimits(int body, int headers, Duration idle, Duration slow, int connections) {
    public static final HttpLimits DEFAULT =
            new HttpLimits(
                    1 << 20, 16 << 10, Duration.ofSeconds(30), Duration.ofSeconds(20), 1_000);
}
