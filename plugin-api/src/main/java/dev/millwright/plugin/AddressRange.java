package dev.millwright.plugin;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// The addresses that begin with the same bits. Immutable.
///
/// @param bits how many bits count
record AddressRange(InetAddress first, int bits) {
    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern V4 = Pattern.compile("%1$s(\\.%1$s){3}".formatted(BYTE));
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    static AddressRange of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException(text));
    }

    /// An address or a network, such as `10.0.0.0/8`; empty for what looks like neither. Throws
    /// [IllegalArgumentException] for a network that is none.
    static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        if (!isPlainAddress(address) && slash < 0) {
            return Optional.empty();
        }
        String length = slash < 0 ? "" : text.substring(slash + 1);
        try {
            InetAddress first = InetAddress.ofLiteral(address);
            int most = first.getAddress().length * 8;
            int bits = slash < 0 ? most : Integer.parseInt(length);
            if (isPlainAddress(address) && bits >= 0 && bits <= most) {
                return Optional.of(new AddressRange(first, bits));
            }
        } catch (IllegalArgumentException nonsense) {
            // Told below
        }
        throw new IllegalArgumentException("'%s' is no network such as 10.0.0.0/8".formatted(text));
    }

    /// Whether it is an address as everybody writes it, and no name.
    static boolean isPlainAddress(String text) {
        return V4.matcher(text).matches() || V6.matcher(text).matches();
    }

    boolean holds(InetAddress address) {
        byte[] wanted = first.getAddress();
        byte[] given = address.getAddress();
        if (wanted.length != given.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((wanted[bit / 8] & mask) != (given[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
