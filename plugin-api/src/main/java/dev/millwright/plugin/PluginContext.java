package dev.millwright.plugin;

import java.nio.file.Path;

/// What the host gives to a plugin. Usable from any thread until the plugin is closed.
///
/// ```java
/// @Override public void open(PluginContext context) {
///     Policy policy = context.settings(Policy.class);
///     cache = context.folder().resolve("cache");
/// }
/// ```
@Stability(Stability.Level.EVOLVING)
public interface PluginContext {
    /// The plugin's id, as in its manifest.
    String plugin();

    /// The plugin's version, as in its manifest.
    String version();

    /// A folder of the plugin's own on this machine. It exists, it survives restarts and newer
    /// versions of the plugin, and it is not shared between servers.
    Path folder();

    /// What the administrator wrote for this plugin on this machine: the file `PLUGIN-ID.yaml`
    /// beside the plugin, bound as in [Extension#configuration()]. Without the file every value has
    /// its default. Throws [PluginException] that tells the file, the line and what is wrong.
    <S extends Record> S settings(Class<S> type);

    /// Which hosts may be reached for users: ask it before each connection to an address that
    /// somebody else than the administrator of this machine may have written.
    NetworkWall wall();
}
