package dev.millwright.server.web.route;

import java.util.List;
import java.util.Map;

/// A request as the HTTP layer hands it over.
public interface Exchange {
    String method();

    /// The path as it came, still encoded.
    String rawPath();

    /// Decoded parameters in order.
    Map<String, List<String>> query();

    /// The host and port that the request is addressed to; empty when it names none.
    String authority();

    /// Whether it came over TLS.
    boolean isSecure();

    /// Names in lower case, with all their values.
    Map<String, List<String>> headers();

    /// How many bytes a body may have, unless a route says otherwise.
    int bodyLimit();

    /// The whole body. Throws [ProblemException] when it is larger than allowed or breaks off.
    ///
    /// @param limit in bytes
    byte[] body(int limit);
}
