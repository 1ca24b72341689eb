package dev.millwright.node;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What a node knows about its machine without looking for it: `os` (`linux`, `macos`, `windows`),
/// `arch` (`amd64`, `arm64`, ...), `cpus` and `memory` (such as `15987Mi`).
public final class BasicFacts {
    private BasicFacts() {}

    /// The facts of the machine that this program runs on.
    public static Map<String, String> ofThisMachine() {
        Map<String, String> facts = new TreeMap<>();
        facts.put("os", os(System.getProperty("os.name", "")));
        facts.put("arch", arch(System.getProperty("os.arch", "")));
        facts.put("cpus", Integer.toString(Runtime.getRuntime().availableProcessors()));
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine) {
            facts.put("memory", (machine.getTotalMemorySize() >> 20) + "Mi");
        }
        return facts;
    }

    static String os(String name) {
        String word = name.toLowerCase(Locale.ROOT);
        if (word.startsWith("mac")) {
            return "macos";
        }
        return word.startsWith("windows") ? "windows" : word.replace(' ', '-');
    }

    /// One word for one architecture, whatever the system calls it.
    static String arch(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "aarch64" -> "arm64";
            case "x86_64", "x64" -> "amd64";
            default -> name.toLowerCase(Locale.ROOT);
        };
    }
}
