package dev.millwright.plugin;

import dev.millwright.model.Globs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Keeps connections that users ask for away from the server's own machine, from what is on its
/// link, such as the service that tells a cloud machine its credentials, and from private networks,
/// unless the administrator allows them (`network.allow`). Immutable; usable from any thread.
///
/// Ask just before connecting, connect to an address that was given back or to the same host, and
/// follow no redirect that was not asked about. The Java runtime keeps an answer of the name
/// service for half a minute, so that a connection by name that follows at once goes to an address
/// that was looked at.
///
/// ```java
/// var _ = context.wall().check(endpoint.getHost());
/// client.send(request, BodyHandlers.discarding());
/// ```
@Stability(Stability.Level.EVOLVING)
public final class NetworkWall {
    /// Only what everybody can reach.
    public static final NetworkWall CLOSED = new NetworkWall(List.of());

    /// No wall, for where something else decides.
    public static final NetworkWall OPEN = new NetworkWall(List.of("*"));

    private static final String PRIVATE = "private";

    /// Addresses in ways of writing that programs understand and Java does not.
    private static final Pattern NUMBERS =
            Pattern.compile("(?i)(0x[0-9a-f]*|[0-9]+)(\\.(0x[0-9a-f]*|[0-9]+))*\\.?");

    private final List<String> allowed;
    private final List<String> hosts;
    private final List<AddressRange> ranges;
    private final boolean privateToo;

    private NetworkWall(List<String> allowed) {
        this.allowed = List.copyOf(allowed);
        this.privateToo = allowed.contains(PRIVATE);
        List<String> names = new ArrayList<>();
        List<AddressRange> networks = new ArrayList<>();
        for (String entry : allowed) {
            Optional<AddressRange> network = AddressRange.parse(entry);
            network.ifPresentOrElse(networks::add, () -> names.add(entry.toLowerCase(Locale.ROOT)));
        }
        this.hosts = List.copyOf(names);
        this.ranges = List.copyOf(networks);
    }

    /// Throws [IllegalArgumentException] for what is no network.
    ///
    /// @param allowed addresses and networks (`10.1.0.0/16`), globs of hosts (`*.corp.example`),
    ///   which are not looked at closely, and `private` for all private networks
    public static NetworkWall allowing(List<String> allowed) {
        return new NetworkWall(allowed);
    }

    /// With more that is allowed.
    public NetworkWall and(List<String> more) {
        List<String> all = new ArrayList<>(allowed);
        all.addAll(more);
        return new NetworkWall(all);
    }

    public boolean isOpen() {
        return allowed.contains("*");
    }

    /// The addresses of a host, all of which may be reached. Throws [UnknownHostException] when
    /// nobody knows the host, and [WallException] when an address may not be reached.
    ///
    /// @param host a name or an address, also one of IPv6 in brackets
    public List<InetAddress> check(String host) throws IOException {
        String bare = bare(host);
        if (NUMBERS.matcher(bare).matches() && !AddressRange.isPlainAddress(bare)) {
            throw new WallException(
                    "'%s' is an address in a way of writing that is not allowed".formatted(host));
        }
        List<InetAddress> addresses = List.of(InetAddress.getAllByName(bare));
        if (!Globs.matchesAny(hosts, bare.toLowerCase(Locale.ROOT))) {
            for (InetAddress address : addresses) {
                check(host, address);
            }
        }
        return addresses;
    }

    /// As [#check], for a program that may know names of its own: what nobody knows here is let
    /// through.
    public void checkWhereKnown(String host) throws IOException {
        try {
            var _ = check(host);
        } catch (UnknownHostException alias) {
            // The program's own configuration may say what is meant
        }
    }

    /// What is wrong with a host that is written as an address, without asking anybody; empty for
    /// names.
    public Optional<String> problemOfAddress(String host) {
        String bare = bare(host);
        if (!bare.contains(":") && !NUMBERS.matcher(bare).matches()) {
            return Optional.empty();
        }
        try {
            var _ = check(host);
            return Optional.empty();
        } catch (IOException refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        }
    }

    private void check(String host, InetAddress address) throws WallException {
        boolean mayBe = ranges.stream().anyMatch(range -> range.holds(address));
        Optional<AddressKind> kind = mayBe ? Optional.empty() : AddressKind.of(address);
        if (kind.isPresent() && !(privateToo && kind.get() == AddressKind.PRIVATE)) {
            String found = address.getHostAddress();
            throw new WallException(
                    "%s%s is %s, which is not reached unless the server's administrator allows it: 'network.allow'"
                            .formatted(
                                    host,
                                    bare(host).equals(found) ? "" : " (%s)".formatted(found),
                                    kind.get().words()));
        }
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host;
    }

    /// What is allowed.
    @Override
    public String toString() {
        return "NetworkWall" + allowed;
    }
}
