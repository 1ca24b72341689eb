package dev.millwright.plugin;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Addresses that are not everybody's.
enum AddressKind {
    HERE("this machine", "127.0.0.0/8", "0.0.0.0/8", "::1/128", "::/128"),
    LINK("on this machine's own link", "169.254.0.0/16", "fe80::/10"),
    PRIVATE(
            "an address of a private network",
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "100.64.0.0/10",
            "fc00::/7",
            "fec0::/10"),
    NOBODY(
            "an address of no single machine",
            "192.0.0.0/24",
            "198.18.0.0/15",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "64:ff9b:1::/48",
            "100::/64",
            "ff00::/8");

    /// Where an address of IPv6 holds one of IPv4 that is meant, and the byte at which it begins.
    private record Holder(AddressRange range, int at) {}

    private static final List<Holder> HOLDERS =
            List.of(
                    new Holder(AddressRange.of("64:ff9b::/96"), 12),
                    new Holder(AddressRange.of("::/96"), 12),
                    new Holder(AddressRange.of("2002::/16"), 2));

    private final String words;

    @SuppressWarnings("ImmutableEnumChecker") // a list of records that cannot change
    private final List<AddressRange> ranges;

    AddressKind(String words, String... ranges) {
        this.words = words;
        this.ranges = Stream.of(ranges).map(AddressRange::of).toList();
    }

    String words() {
        return words;
    }

    /// Empty for what everybody can reach.
    static Optional<AddressKind> of(InetAddress address) {
        for (AddressKind kind : values()) {
            if (kind.ranges.stream().anyMatch(range -> range.holds(address))) {
                return Optional.of(kind);
            }
        }
        return inner(address).flatMap(AddressKind::of);
    }

    private static Optional<InetAddress> inner(InetAddress address) {
        if (address instanceof Inet4Address) {
            return Optional.empty();
        }
        byte[] bytes = address.getAddress();
        return HOLDERS.stream()
                .filter(holder -> holder.range().holds(address))
                .findFirst()
                .map(holder -> v4(Arrays.copyOfRange(bytes, holder.at(), holder.at() + 4)));
    }

    private static InetAddress v4(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("four bytes are an address", impossible);
        }
    }
}
