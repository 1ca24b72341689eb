package dev.millwright.server.plugin;

import dev.millwright.host.PluginStatus;
import dev.millwright.host.bundled.BundledPlugins;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Tells of which plugins this Millwright brings another version than the one in use: the files in
/// a server's folder are copies, which an update of Millwright leaves as they are.
///
/// Used by one thread.
final class UpdateHints {
    private final BundledPlugins bundled;
    private final Set<String> compared = new HashSet<>();

    UpdateHints(BundledPlugins bundled) {
        this.bundled = bundled;
    }

    /// One sentence for each that was not told of before.
    List<String> look(List<PluginStatus> plugins) {
        return plugins.stream()
                .filter(plugin -> plugin.state() == PluginStatus.State.STARTED)
                // Each file once: reading what comes with Millwright takes its time
                .filter(plugin -> compared.add(plugin.sha256()))
                .flatMap(plugin ->
                        bundled
                                .update(plugin.id(), plugin.version(), plugin.sha256())
                                .map(update -> hint(plugin, update.version()))
                                .stream())
                .toList();
    }

    private static String hint(PluginStatus plugin, String version) {
        return "plugin %s %s is in use, and this Millwright brings %s: millwright plugin update %s"
                .formatted(
                        plugin.id(),
                        plugin.version(),
                        version.equals(plugin.version()) ? "another build of it" : version,
                        plugin.id());
    }
}
