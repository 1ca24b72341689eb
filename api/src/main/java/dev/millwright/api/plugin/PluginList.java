package dev.millwright.api.plugin;

import java.util.List;

/// The plugins of the server that answers.
///
/// @param directory where plugins are put on the server's machine
/// @param apiVersion the plugin API that this server has
public record PluginList(String directory, String apiVersion, List<PluginView> items) {
    public PluginList {
        items = List.copyOf(items);
    }
}
