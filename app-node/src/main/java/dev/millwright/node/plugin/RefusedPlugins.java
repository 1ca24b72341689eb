package dev.millwright.node.plugin;

import dev.millwright.node.agent.NodeAgent;
import dev.millwright.node.agent.Runners;
import dev.millwright.plugin.runner.Runner;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Takes no plugins and says so. Any thread.
final class RefusedPlugins implements NodePlugins {
    private final Runners builtIn;
    private volatile Map<String, String> missing = Map.of();

    RefusedPlugins(Runners builtIn) {
        this.builtIn = builtIn;
    }

    @Override
    public Optional<Runner<?>> find(String kind) {
        return builtIn.find(kind);
    }

    @Override
    public Set<String> kinds() {
        return builtIn.kinds();
    }

    @Override
    public Map<String, String> missing() {
        return missing;
    }

    @Override
    public void told(List<OfferedPlugin> all, PluginSource from) {
        Map<String, String> refused = new TreeMap<>();
        for (OfferedPlugin plugin : all) {
            plugin.runners()
                    .forEach(kind ->
                            refused.put(
                                    kind,
                                    "this node takes no plugins (--no-plugins), and '%s' comes with the plugin %s"
                                            .formatted(kind, plugin.id())));
        }
        refused.keySet().removeAll(builtIn.kinds());
        missing = Map.copyOf(refused);
    }

    @Override
    public void broken(PluginSource from) {}

    @Override
    public void start(NodeAgent agent, Supplier<String> noRoom) {}

    @Override
    public void close() {}
}
