package dev.millwright.host.load;

import org.pf4j.DefaultVersionManager;

/// Compares the plugin API that a plugin asks for with the one that there is. Stateless.
public final class ApiRange {
    private ApiRange() {}

    /// Throws [LoadException] unless the range holds the version.
    ///
    /// @param requires such as `>=0.1.0 & <0.2.0`
    public static void check(String requires, String apiVersion) {
        if (requires.isEmpty() || requires.equals("*")) {
            throw new LoadException(
                    "it does not say which plugin API it needs; write Plugin-Requires: >=%s"
                            .formatted(apiVersion));
        }
        boolean fits;
        try {
            fits = new DefaultVersionManager().checkVersionConstraint(apiVersion, requires);
        } catch (RuntimeException malformed) {
            throw new LoadException(
                    "its Plugin-Requires '%s' is not a range such as >=0.1.0 & <0.2.0"
                            .formatted(requires),
                    malformed);
        }
        if (!fits) {
            throw new LoadException(
                    "it needs the plugin API %s and this is %s; use another version of the plugin or of Millwright"
                            .formatted(requires, apiVersion));
        }
    }
}
