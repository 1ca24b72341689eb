package dev.millwright.engine.placement;

import dev.millwright.engine.schema.Suggestions;
import java.util.List;
import java.util.Set;

/// The names of what nodes find out about their machines by themselves, and of what every node has.
public final class FactNames {
    private static final Set<String> BUILT_IN =
            Set.of(
                    "arch",
                    "clock.offset",
                    "cpu.model",
                    "cpus",
                    "disk.free",
                    "disk.total",
                    "hostname",
                    "kernel",
                    "memory",
                    "network.addresses",
                    "node",
                    "os",
                    "os.name",
                    "os.version");

    /// Versions of tools; which ones there are, each node decides.
    private static final String TOOLS = "tool.";

    private FactNames() {}

    /// Whether nodes have it without anybody's doing.
    public static boolean isBuiltIn(String name) {
        return BUILT_IN.contains(name) || name.startsWith(TOOLS);
    }

    /// `did you mean 'x'?` for a name that is none of them and near to one; else an empty text.
    public static String meant(String name) {
        if (isBuiltIn(name)) {
            return "";
        }
        List<String> near =
                BUILT_IN.stream()
                        .filter(known -> mayBeMeant(name, known))
                        .filter(known -> Suggestions.isSlip(name, known))
                        .toList();
        return Suggestions.didYouMean(name, near);
    }

    /// Short names are near to too many others (`gpu` is not meant to be `cpus`), but for another
    /// case and a letter at the end.
    static boolean mayBeMeant(String name, String known) {
        return known.length() >= 6
                || name.equalsIgnoreCase(known)
                || (name + "s").equalsIgnoreCase(known)
                || name.equalsIgnoreCase(known + "s");
    }
}
