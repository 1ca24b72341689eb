package dev.millwright.server.notify.http;

import java.net.URI;
import java.time.Duration;

/// Where messages go over HTTP. Paths may hold secrets, so only the host is ever told.
///
/// @param timeout for everything up to the answer
record Receiver(URI url, Duration timeout) {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /// Throws [IllegalArgumentException] for what is no address of HTTP.
    Receiver {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getHost() == null || url.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "the address has to be like https://chat.example.org/hooks/ci, without a"
                            + " password before the host");
        }
        check(timeout);
    }

    static void check(Duration timeout) {
        if (!timeout.isPositive() || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("timeout has to be above 0s and at most 30s");
        }
    }

    static Receiver parse(String url, Duration timeout) {
        try {
            return new Receiver(URI.create(url.strip()), timeout);
        } catch (IllegalArgumentException malformed) {
            // The cause would tell the address
            throw new IllegalArgumentException("the secret holds no address of HTTP");
        }
    }

    /// For people.
    String name() {
        return "%s://%s".formatted(url.getScheme(), url.getAuthority());
    }
}
