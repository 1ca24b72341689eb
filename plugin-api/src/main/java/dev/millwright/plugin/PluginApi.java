package dev.millwright.plugin;

/// Which plugin API this is. Constant; usable from any thread.
///
/// A plugin names the versions that it works with in its manifest, and is refused by others with a
/// sentence that names both:
///
/// ```
/// Plugin-Id: github-webhook
/// Plugin-Version: 1.2.0
/// Plugin-Requires: >=0.1.0 & <0.2.0
/// ```
@Stability(Stability.Level.STABLE)
public final class PluginApi {
    /// As in semantic versioning: a plugin that says `>=0.1.0 & <0.2.0` works with it.
    public static final String VERSION = "0.1.0";

    private PluginApi() {}
}
