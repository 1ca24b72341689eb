package dev.millwright.server.web;

import dev.millwright.server.web.http.HttpLimits;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where to listen, and what to say about oneself.
///
/// @param port 0 for any free one
/// @param baseUrlOrNull how users reach the server, when that is not its own address
/// @param version of Millwright
public record WebSettings(
        String bindAddress,
        int port,
        @Nullable URI baseUrlOrNull,
        String version,
        HttpLimits limits) {
    public Optional<URI> baseUrl() {
        return Optional.ofNullable(baseUrlOrNull);
    }
}
