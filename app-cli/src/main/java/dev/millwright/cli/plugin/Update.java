package dev.millwright.cli.plugin;

import dev.millwright.api.plugin.PluginView;
import dev.millwright.host.bundled.BundledPlugins;
import dev.millwright.host.bundled.PluginBundle;
import java.util.List;

/// A plugin that a server uses, and the one that comes with this Millwright and should take its
/// place.
record Update(PluginView used, PluginBundle bundle) {
    static List<Update> of(List<PluginView> plugins) {
        BundledPlugins bundled = BundledPlugins.find();
        return plugins.stream()
                .filter(PluginFolder::isUsed)
                .flatMap(one ->
                        bundled
                                .update(one.id(), one.version(), one.sha256())
                                .map(bundle -> new Update(one, bundle))
                                .stream())
                .toList();
    }

    /// The version in use, for people.
    String before() {
        return used.version().equals(bundle.version()) ? "another build" : used.version();
    }

    /// For people, such as `mail-notify 0.1.0 -> 0.2.0`.
    String text() {
        return used.version().equals(bundle.version())
                ? "%s %s (another build)".formatted(used.id(), used.version())
                : "%s %s -> %s".formatted(used.id(), used.version(), bundle.version());
    }
}
