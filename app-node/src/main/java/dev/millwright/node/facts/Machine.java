package dev.millwright.node.facts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oshi.nativefree.SystemInfo;
import oshi.software.os.OperatingSystem;
import oshi.spi.SystemInfoFactory;
import oshi.spi.SystemInfoProvider;

/// `hostname`, `os.name`, `os.version`, `kernel`, `cpu.model`, `disk.total` and `disk.free` (of the
/// node's folder), `network.addresses`. One thread.
///
/// Facts that change raise an event, so the free space is told in steps.
final class Machine {
    private static final Logger log = LoggerFactory.getLogger(Machine.class);
    private static final long GIB = 1L << 30;

    private final Path root;
    private @Nullable Map<String, String> lasting;

    Machine(Path root) {
        this.root = root;
    }

    Map<String, String> look() {
        Map<String, String> known = lasting;
        if (known == null) {
            known = lasting();
            lasting = known;
        }
        Map<String, String> facts = new TreeMap<>(known);
        try {
            FileStore disk = Files.getFileStore(root);
            facts.put("disk.total", disk.getTotalSpace() / GIB + "Gi");
            facts.put("disk.free", rounded(disk.getUsableSpace() / GIB) + "Gi");
        } catch (IOException unreadable) {
            log.debug("the disk of {} cannot be looked at", root, unreadable);
        }
        put(facts, "network.addresses", addresses());
        return facts;
    }

    /// What does not change while the machine runs. Where it can be read from files no native
    /// library is loaded for it, which would cost memory.
    private static Map<String, String> lasting() {
        Map<String, String> facts = new TreeMap<>();
        put(facts, "kernel", System.getProperty("os.version", ""));
        try {
            SystemInfoProvider light = new SystemInfo();
            SystemInfoProvider machine = light.isAvailable() ? light : SystemInfoFactory.create();
            OperatingSystem system = machine.getOperatingSystem();
            put(facts, "os.name", system.getFamily());
            put(facts, "os.version", system.getVersionInfo().getVersion());
            put(facts, "hostname", system.getNetworkParams().getHostName());
            put(
                    facts,
                    "cpu.model",
                    machine.getHardware().getProcessor().getProcessorIdentifier().getName());
        } catch (RuntimeException | LinkageError unknown) {
            log.warn("not all of this machine can be found out: {}", unknown.toString());
        }
        return facts;
    }

    private static void put(Map<String, String> facts, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            facts.put(name, value.strip());
        }
    }

    /// Two figures of it.
    static long rounded(long gibibytes) {
        long step = 1;
        while (gibibytes / step >= 100) {
            step *= 10;
        }
        return gibibytes / step * step;
    }

    private static String addresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(one -> !one.isLoopbackAddress() && !one.isLinkLocalAddress())
                    .map(InetAddress::getHostAddress)
                    .map(one -> one.replaceFirst("%.*", ""))
                    .sorted()
                    .collect(Collectors.joining(","));
        } catch (SocketException unreadable) {
            log.debug("the network cannot be looked at", unreadable);
            return "";
        }
    }
}
