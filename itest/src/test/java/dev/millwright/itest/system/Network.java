package dev.millwright.itest.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A network on this machine: hosts with an address of their own, each a network namespace, around
/// one bridge where servers listen.
///
/// That takes root, iproute2 and iptables. Where they are missing, all hosts are the machine itself
/// and servers listen on another address of the loopback; then nothing can be cut.
public final class Network implements AutoCloseable {
    private static final String PREFIX = "mw-";

    /// No network has as many hosts.
    private static final int PROBE = 999;

    private static final boolean POSSIBLE = isPossible();

    private final String name = PREFIX + ownNumber();
    private final List<Host> hosts;

    private Network(int size) {
        this.hosts =
                IntStream.range(0, size)
                        .mapToObj(i -> POSSIBLE ? Host.in(name, i) : Host.MACHINE)
                        .toList();
    }

    /// Make a network; there is one at a time. What earlier processes left behind is removed.
    static Network create(int size) {
        Network network = new Network(size);
        if (!POSSIBLE) {
            System.out.println(
                    "Network: no namespaces here (root, iproute2 and iptables are needed):"
                            + " hosts share 127.0.0.1, and what cuts the network is left out");
            return network;
        }
        System.out.println("Network: a namespace with an address of its own for each host");
        removeLeftOvers();
        run("ip", "link", "add", network.name, "type", "bridge");
        run("ip", "address", "add", address(0) + "/24", "dev", network.name);
        run("ip", "link", "set", network.name, "up");
        network.hosts.forEach(host -> host.create(network.name));
        Runtime.getRuntime().addShutdownHook(new Thread(network::close));
        return network;
    }

    private static boolean isPossible() {
        return hasTools() && isAllowed();
    }

    /// Root inside of a container need not be allowed to make networks.
    private static boolean isAllowed() {
        // A name that removeLeftOvers knows, should this process end before it removes it
        String probe = "%s%s-%d".formatted(PREFIX, ownNumber(), PROBE);
        try {
            run("ip", "netns", "add", probe);
            try {
                run("ip", "netns", "exec", probe, "iptables", "-L");
            } finally {
                run("ip", "netns", "delete", probe);
            }
            return true;
        } catch (AssertionError | UncheckedIOException refused) {
            System.out.println("Network: " + refused.getMessage());
            return false;
        }
    }

    private static String ownNumber() {
        return Long.toString(ProcessHandle.current().pid(), 36);
    }

    private static boolean hasTools() {
        return System.getProperty("user.name", "").equals("root")
                && Stream.of("ip", "iptables")
                        .allMatch(tool ->
                                Stream.of("/usr/sbin", "/sbin", "/usr/bin", "/bin")
                                        .anyMatch(
                                                place -> Files.isExecutable(Path.of(place, tool))));
    }

    /// Of processes that did not get as far as removing it.
    private static void removeLeftOvers() {
        for (String line : output("ip", "netns", "list").lines().toList()) {
            String namespace = line.split(" ")[0];
            if (namespace.matches(PREFIX + "[0-9a-z]+-[0-9]+") && isAbandoned(namespace)) {
                removeNamespace(namespace);
            }
        }
        for (String line : output("ip", "-o", "link", "show", "type", "bridge").lines().toList()) {
            String link = line.split(":")[1].strip();
            if (link.matches(PREFIX + "[0-9a-z]+") && isAbandoned(link)) {
                run("ip", "link", "delete", link);
            }
        }
    }

    private static boolean isAbandoned(String name) {
        long pid = Long.parseLong(name.split("-")[1], 36);
        return ProcessHandle.of(pid).isEmpty() || pid == ProcessHandle.current().pid();
    }

    /// With the processes in it: nobody else would end them.
    private static void removeNamespace(String namespace) {
        output("ip", "netns", "pids", namespace)
                .lines()
                .map(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
                .forEach(process -> process.ifPresent(ProcessHandle::destroyForcibly));
        run("ip", "netns", "delete", namespace);
    }

    /// Of the third part: one for each process that has a network, as far as they go.
    private static String address(int host) {
        long part = ProcessHandle.current().pid() % 250;
        return "10.213.%d.%d".formatted(part, host + 1);
    }

    /// Where servers let nodes in.
    String server() {
        return POSSIBLE ? address(0) : "127.0.0.2";
    }

    Host host(int index) {
        return hosts.get(index);
    }

    /// Whether connections can be cut.
    public static boolean canCut() {
        return POSSIBLE;
    }

    @Override
    public void close() {
        if (POSSIBLE) {
            removeLeftOvers();
        }
    }

    private static void run(String... command) {
        var _ = output(command);
    }

    private static String output(String... command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            // Where tools for administrators are, which need not be on the PATH
            builder.environment()
                    .merge("PATH", "/usr/sbin:/sbin", (path, more) -> path + ":" + more);
            Process process = builder.start();
            process.getOutputStream().close();
            String text =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + text);
            }
            return text;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    /// One machine of the network.
    ///
    /// @param namespace empty for the machine that the tests run on
    public record Host(String namespace, String address) {
        static final Host MACHINE = new Host("", "127.0.0.1");
        private static final String CARD = "eth0";

        private static Host in(String network, int index) {
            return new Host(network + "-" + index, Network.address(index + 1));
        }

        private void create(String bridge) {
            // The other end of the cable has the namespace's name
            run("ip", "netns", "add", namespace);
            run(
                    "ip", "link", "add", namespace, "type", "veth", "peer", "name", CARD, "netns",
                    namespace);
            run("ip", "link", "set", namespace, "master", bridge, "up");
            inside("ip", "address", "add", address + "/24", "dev", CARD);
            inside("ip", "link", "set", CARD, "up");
            inside("ip", "link", "set", "lo", "up");
        }

        /// What is to be executed so that the command runs on this host, under the same pid.
        List<String> command(List<String> command) {
            if (namespace.isEmpty()) {
                return command;
            }
            List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
            all.addAll(command);
            return all;
        }

        private String inside(String... command) {
            return output(command(List.of(command)).toArray(String[]::new));
        }

        /// Let packets disappear, both ways; nobody is told.
        public void cut() {
            deafen();
            silence();
        }

        /// Let what comes in disappear.
        public void deafen() {
            inside("iptables", "-w", "-A", "INPUT", "-i", CARD, "-j", "DROP");
        }

        /// Let what goes out disappear.
        public void silence() {
            inside("iptables", "-w", "-A", "OUTPUT", "-o", CARD, "-j", "DROP");
        }

        /// Let a part of all packets disappear.
        public void lose(double part) {
            for (String way : List.of("INPUT", "OUTPUT")) {
                inside(
                        ("iptables -w -A %s -m statistic --mode random --probability %s -j DROP")
                                .formatted(way, part)
                                .split(" "));
            }
        }

        /// Pull the cable out of the host, which it notices.
        public void unplug() {
            inside("ip", "link", "set", CARD, "down");
        }

        /// Undo all of it.
        public void mend() {
            if (!namespace.isEmpty()) {
                inside("iptables", "-w", "-F");
                inside("ip", "link", "set", CARD, "up");
            }
        }

        /// The ports that programs on this host listen on.
        public String listening() {
            return inside("sh", "-c", "cat /proc/net/tcp /proc/net/tcp6")
                    .lines()
                    .filter(line -> line.matches(" *[0-9]+: \\S+ \\S+ 0A .*"))
                    .reduce("", (all, line) -> all + line + "\n");
        }
    }
}
