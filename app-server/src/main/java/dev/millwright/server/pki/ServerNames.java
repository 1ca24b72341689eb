package dev.millwright.server.pki;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/// What a server may be called by those who connect to it.
///
/// @param hosts names of hosts in lower case
/// @param addresses IP addresses in text form
record ServerNames(Set<String> hosts, Set<String> addresses) {
    // A machine with more is one with many containers, whose addresses nobody connects to
    private static final int MOST_ADDRESSES = 64;

    ServerNames {
        hosts = Set.copyOf(hosts);
        addresses = Set.copyOf(addresses);
    }

    /// The names and addresses of this machine.
    ///
    /// @param configured more of them, as hosts of addresses; empty ones are left out
    static ServerNames ofThisMachine(Collection<String> configured) {
        Set<String> hosts = new TreeSet<>(Set.of("localhost"));
        Set<String> addresses = new TreeSet<>(Set.of("127.0.0.1", "::1"));
        for (String one : configured) {
            String host = one.replaceAll("^\\[|]$", "").toLowerCase(Locale.ROOT);
            if (isAddress(host)) {
                addresses.add(host);
            } else {
                hosts.add(host);
            }
        }
        try {
            InetAddress self = InetAddress.getLocalHost();
            hosts.add(self.getHostName().toLowerCase(Locale.ROOT));
            hosts.add(self.getCanonicalHostName().toLowerCase(Locale.ROOT));
        } catch (UnknownHostException _) {
            // A machine without a name is found by its addresses
        }
        addresses.addAll(interfaceAddresses());
        hosts.removeIf(
                host -> !host.matches("[a-z0-9_]([-a-z0-9_.]{0,251}[a-z0-9])?") || isAddress(host));
        return new ServerNames(hosts, addresses);
    }

    private static List<String> interfaceAddresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLinkLocalAddress())
                    .map(address -> address.getHostAddress().replaceAll("%.*", ""))
                    .limit(MOST_ADDRESSES)
                    .toList();
        } catch (SocketException _) {
            return List.of();
        }
    }

    private static boolean isAddress(String host) {
        return host.contains(":") || host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    }

    GeneralNames toSubjectNames() {
        List<GeneralName> names = new ArrayList<>();
        names.add(
                new GeneralName(
                        GeneralName.uniformResourceIdentifier, "spiffe://millwright/server"));
        hosts.stream()
                .sorted()
                .forEach(host -> names.add(new GeneralName(GeneralName.dNSName, host)));
        addresses.stream()
                .sorted()
                .forEach(address -> names.add(new GeneralName(GeneralName.iPAddress, address)));
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }
}
