package dev.millwright.node.plugin;

import dev.millwright.host.PluginHost;
import dev.millwright.host.PluginStatus;
import dev.millwright.host.use.Point;
import dev.millwright.node.agent.NodeAgent;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the plugins of this machine and what a server told of together. One thread at a time.
final class PluginKeeper {
    private static final Logger log = LoggerFactory.getLogger(PluginKeeper.class);

    private final PluginFolder folder;
    private final FetchedFiles admission;
    private final PluginHost host;
    private final PluginRunners runners;

    /// What the node says that it can carry out.
    record Offer(Set<String> kinds, Map<String, String> missing) {
        static final Offer NONE = new Offer(Set.of(), Map.of());
    }

    PluginKeeper(
            PluginFolder folder, FetchedFiles admission, PluginHost host, PluginRunners runners) {
        this.folder = folder;
        this.admission = admission;
        this.host = host;
        this.runners = runners;
    }

    /// Fetch what is not here, load it, and let go of what is not wanted any more and has no work.
    ///
    /// @param source null while no server is connected
    /// @param stop whether there is something more urgent to do than to fetch
    void bringTogether(
            List<OfferedPlugin> wanted,
            PluginFetch fetch,
            @Nullable PluginSource source,
            BooleanSupplier stop,
            NodeAgent agent)
            throws InterruptedException {
        admission.want(wanted);
        for (OfferedPlugin plugin : wanted) {
            if (folder.has(plugin)) {
                sign(plugin);
            } else if (source != null && !stop.getAsBoolean()) {
                fetch.fetch(plugin, source, stop);
            }
        }
        var _ = host.tick();
        if (removeUnwanted(wanted, agent)) {
            var _ = host.tick();
        }
        runners.look(agent::unfinished);
    }

    private void sign(OfferedPlugin plugin) {
        try {
            folder.sign(plugin);
        } catch (IOException broken) {
            log.warn("the signature of plugin {} cannot be stored", plugin.id(), broken);
        }
    }

    private boolean removeUnwanted(List<OfferedPlugin> wanted, NodeAgent agent) {
        Set<String> ids = wanted.stream().map(OfferedPlugin::id).collect(Collectors.toSet());
        Set<String> files = wanted.stream().map(OfferedPlugin::file).collect(Collectors.toSet());
        Set<String> damaged = admission.takeDamaged();
        Map<String, PluginStatus> used = used();
        boolean removed = false;
        try {
            for (String file : folder.files()) {
                PluginStatus status = used.get(file);
                boolean stays =
                        status == null
                                ? files.contains(file) && !damaged.contains(file)
                                : files.contains(file) || isNeeded(status, ids, agent);
                if (!stays) {
                    folder.remove(file);
                    removed = true;
                }
            }
        } catch (IOException broken) {
            log.warn("plugins in {} cannot be removed", folder.path(), broken);
        }
        return removed;
    }

    /// Until its successor is in use, or as long as it has work: the next life of the agent has to
    /// find that again.
    private static boolean isNeeded(PluginStatus status, Set<String> ids, NodeAgent agent) {
        return ids.contains(status.id()) || kinds(status).stream().anyMatch(agent::hasWorkOf);
    }

    private Map<String, PluginStatus> used() {
        Map<String, PluginStatus> used = new HashMap<>();
        for (PluginStatus status : host.plugins()) {
            if (status.state() == PluginStatus.State.STARTED) {
                used.put(status.file(), status);
            }
        }
        return used;
    }

    private static List<String> kinds(PluginStatus status) {
        return status.extensions().stream()
                .filter(offer -> offer.point().equals(Point.RUNNER.name()))
                .map(PluginStatus.Offer::kind)
                .toList();
    }

    /// What can be offered now: no runner of a plugin that is not wanted any more.
    Offer offer(List<OfferedPlugin> wanted, @Nullable PluginFetch fetch) {
        Set<String> ids = wanted.stream().map(OfferedPlugin::id).collect(Collectors.toSet());
        Set<String> withdrawn = new HashSet<>();
        for (PluginStatus status : used().values()) {
            if (!ids.contains(status.id())) {
                withdrawn.addAll(kinds(status));
            }
        }
        Set<String> kinds = new TreeSet<>(runners.kinds());
        kinds.removeAll(withdrawn);
        Map<String, String> missing = new TreeMap<>(runners.missing());
        missing.keySet().removeAll(withdrawn);
        for (OfferedPlugin plugin : wanted) {
            for (String kind : plugin.runners()) {
                if (!kinds.contains(kind) && !missing.containsKey(kind)) {
                    missing.put(kind, why(plugin, fetch));
                }
            }
        }
        return new Offer(Set.copyOf(kinds), Map.copyOf(missing));
    }

    private String why(OfferedPlugin plugin, @Nullable PluginFetch fetch) {
        String loaded =
                host.plugins().stream()
                        .filter(status -> status.file().equals(plugin.file()))
                        .map(PluginStatus::reason)
                        .findFirst()
                        .orElse("");
        String fetched = fetch == null ? "" : fetch.problem(plugin).orElse("");
        String why = loaded.isEmpty() ? fetched : loaded;
        return "plugin %s %s: %s"
                .formatted(
                        plugin.id(), plugin.version(), why.isEmpty() ? "it is not here yet" : why);
    }
}
