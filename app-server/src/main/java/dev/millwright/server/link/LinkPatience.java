package dev.millwright.server.link;

import java.time.Duration;

/// How long a connection may keep the server waiting. Whoever sends a byte now and then is cut off
/// within half a minute, wherever in the conversation it is.
///
/// @param handshake for TLS and the first words of HTTP/2; when all nodes come back at once, the
///   last of them waits for the others
/// @param call for a call with a single answer, from its first byte to the answer's last
/// @param idle for a connection without any call; it is closed up to 10 s after that
/// @param keepAlive how often the server asks whether the other end is there, and how long it waits
///   for the answer: half of an open connection is found within both together
record LinkPatience(Duration handshake, Duration call, Duration idle, Duration keepAlive) {
    static final LinkPatience DEFAULT =
            new LinkPatience(
                    Duration.ofSeconds(12),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(10));
}
