package dev.millwright.server.web.route;

import dev.millwright.server.access.AccessKeys;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Refuse requests that a browser was tricked into, and keys where they would end up in logs.
/// Immutable.
///
/// @param hosts names that the server answers to, in lower case; empty for any name
/// @param origin where users reach the server, such as `https://ci.example.org`; empty when unknown
public record Guards(Set<String> hosts, String origin) {
    private static final Set<String> LOOPBACK =
            Set.of("localhost", "127.0.0.1", "[::1]", "0:0:0:0:0:0:0:1", "::1");
    private static final Set<String> KEY_PARAMETERS =
            Set.of("key", "api_key", "apikey", "api-key", "access_token", "x-api-key", "token");

    public Guards {
        hosts = Set.copyOf(hosts);
    }

    /// The guards of a server that listens on this address. On loopback only loopback names and the
    /// host of the base URL are answered to, so that no foreign name can be bent to this machine.
    public static Guards of(String bindAddress, boolean loopback, Optional<URI> baseUrl) {
        String origin = baseUrl.map(Guards::originOf).orElse("");
        if (!loopback) {
            return new Guards(Set.of(), origin);
        }
        Set<String> hosts = new HashSet<>(LOOPBACK);
        hosts.add(bindAddress.toLowerCase(Locale.ROOT));
        baseUrl.map(URI::getHost).ifPresent(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
        return new Guards(hosts, origin);
    }

    private static String originOf(URI url) {
        return (url.getScheme() + "://" + url.getRawAuthority()).toLowerCase(Locale.ROOT);
    }

    void checkHost(Exchange exchange) {
        List<String> named = exchange.headers().getOrDefault("host", List.of());
        if (named.size() > 1) {
            throw ProblemException.of(ProblemType.INVALID_REQUEST, "more than one Host header");
        }
        if (hosts.isEmpty()) {
            return;
        }
        named.forEach(this::checkHost);
        checkHost(exchange.authority());
    }

    private void checkHost(String authority) {
        String host = hostOf(authority.toLowerCase(Locale.ROOT));
        if (!hosts.contains(host)) {
            throw ProblemException.of(
                    ProblemType.MISDIRECTED,
                    "this server does not answer to the name '%s'; set base-url to the address by which it is reached"
                            .formatted(host));
        }
    }

    private static String hostOf(String authority) {
        int port = authority.lastIndexOf(':');
        boolean hasPort = port >= 0 && port > authority.lastIndexOf(']');
        // An IPv6 address without brackets has colons, but no port.
        boolean isSplit = authority.indexOf(':') == port || authority.startsWith("[");
        return hasPort && isSplit ? authority.substring(0, port) : authority;
    }

    /// Refuse what a page of another site sends. Programs send no `Origin` and pass.
    void checkOrigin(Exchange exchange, Route route) {
        if (!route.isMutating() && !route.socket()) {
            return;
        }
        List<String> origins = exchange.headers().getOrDefault("origin", List.of());
        boolean crossSite =
                exchange.headers().getOrDefault("sec-fetch-site", List.of()).stream()
                        .anyMatch(site -> !site.equals("same-origin") && !site.equals("none"));
        if (crossSite || origins.stream().anyMatch(text -> !isOwn(text, exchange))) {
            throw ProblemException.of(
                    ProblemType.FORBIDDEN, "requests from pages of other sites are refused");
        }
    }

    private boolean isOwn(String text, Exchange exchange) {
        String sent = text.toLowerCase(Locale.ROOT);
        String own = (exchange.isSecure() ? "https://" : "http://") + exchange.authority();
        return sent.equals(own.toLowerCase(Locale.ROOT)) || sent.equals(origin);
    }

    /// Refuse keys in the address or in Basic authentication: both end up in logs and histories.
    void checkKeyPlaces(Exchange exchange, Route route) {
        if (exchange.headers().getOrDefault("authorization", List.of()).stream()
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).startsWith("basic "))) {
            throw keyMisplaced("Basic authentication is not used here");
        }
        boolean named =
                !route.openParameters()
                        && exchange.query().keySet().stream()
                                .anyMatch(k -> KEY_PARAMETERS.contains(k.toLowerCase(Locale.ROOT)));
        boolean shown =
                exchange.query().values().stream().flatMap(List::stream).anyMatch(AccessKeys::isIn)
                        || AccessKeys.isIn(exchange.rawPath());
        if (named || shown) {
            throw keyMisplaced(
                    "keys in addresses end up in logs; take this one for known to others");
        }
    }

    private static ProblemException keyMisplaced(String why) {
        return ProblemException.of(
                ProblemType.INVALID_REQUEST,
                why + "; send 'Authorization: Bearer KEY' or 'X-API-Key: KEY'");
    }
}
