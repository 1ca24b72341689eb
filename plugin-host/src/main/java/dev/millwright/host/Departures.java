package dev.millwright.host;

import dev.millwright.host.life.LoadedPlugin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Plugins that were taken away or replaced and are waited for, each on a thread of its own.
///
/// Called from any thread.
final class Departures {
    private static final Logger log = LoggerFactory.getLogger(Departures.class);

    private final Duration patience;
    private final Map<LoadedPlugin, String> leaving = new ConcurrentHashMap<>();

    Departures(Duration patience) {
        this.patience = patience;
    }

    List<PluginStatus> list() {
        return leaving.entrySet().stream()
                .map(one ->
                        Entry.of(
                                one.getValue(),
                                one.getKey(),
                                PluginStatus.State.STOPPING,
                                one.getKey().holds() > 0
                                        ? "steps of it are still running"
                                        : "calls of it have not ended yet",
                                "",
                                ""))
                .toList();
    }

    void add(String file, LoadedPlugin plugin) {
        leaving.put(plugin, file);
        var _ = start(plugin, patience, true);
    }

    private Thread start(LoadedPlugin plugin, Duration wait, boolean waitForHolds) {
        return Thread.ofVirtual()
                .name("plugin-departure-" + plugin.manifest().id())
                .start(() -> {
                    try {
                        plugin.close(wait, waitForHolds);
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException failed) {
                        log.warn("plugin {} did not go cleanly", plugin.manifest().id(), failed);
                    } finally {
                        leaving.remove(plugin);
                    }
                });
    }

    /// Close these at once and wait for all of them, for a bounded time.
    void closeAll(List<LoadedPlugin> plugins, Duration wait) {
        List<Thread> threads = plugins.stream().map(plugin -> start(plugin, wait, false)).toList();
        for (Thread thread : threads) {
            try {
                var _ = thread.join(wait.plusSeconds(1));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
