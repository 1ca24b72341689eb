package dev.millwright.host.load;

import org.pf4j.DefaultVersionManager;

/// Compares versions of plugins by the rules of semantic versioning. Stateless.
public final class PluginVersions {
    private PluginVersions() {}

    /// Whether the first one is newer; false when one of them is no such version.
    public static boolean isNewer(String one, String other) {
        try {
            return new DefaultVersionManager().compareVersions(one, other) > 0;
        } catch (RuntimeException malformed) {
            return false;
        }
    }
}
