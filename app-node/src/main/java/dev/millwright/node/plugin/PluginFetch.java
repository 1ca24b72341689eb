package dev.millwright.node.plugin;

import dev.millwright.host.load.ApiRange;
import dev.millwright.host.load.LoadException;
import dev.millwright.plugin.PluginApi;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fetches the files of plugins, one at a time and part after part. What is broken off goes on
/// where it stopped. One thread.
final class PluginFetch {
    /// In bytes; as much as a server gives at once.
    static final int PART = 256 * 1024;

    private static final Logger log = LoggerFactory.getLogger(PluginFetch.class);
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration LATER = Duration.ofMinutes(1);

    /// Servers give ten seconds for a part: what a slow line does not carry in one piece comes in
    /// smaller ones.
    private static final int SMALLEST = 16 * 1024;

    /// Servers close connections with thousands of frames in ten seconds.
    private static final Duration PACE = Duration.ofMillis(40);

    private final PluginFolder folder;
    private final Supplier<String> noRoom;
    private final Map<String, Problem> problems = new HashMap<>();
    private int usual = PART;

    /// Why a file is not here, and when to try again, by [System#nanoTime()].
    private record Problem(String message, long again) {}

    /// @param noRoom why nothing more can be stored; empty when there is room
    PluginFetch(PluginFolder folder, Supplier<String> noRoom) {
        this.folder = folder;
        this.noRoom = noRoom;
    }

    /// Why the plugin is not here, if something went wrong.
    Optional<String> problem(OfferedPlugin plugin) {
        return Optional.ofNullable(problems.get(plugin.sha256())).map(Problem::message);
    }

    /// Another server, or the same one again: try at once.
    void forgetProblems() {
        problems.clear();
    }

    /// Fetch it, if it is time to.
    ///
    /// @param stop whether there is something more urgent to do; then it goes on with the next call
    void fetch(OfferedPlugin plugin, PluginSource source, BooleanSupplier stop)
            throws InterruptedException {
        Problem known = problems.get(plugin.sha256());
        if (known != null && System.nanoTime() - known.again() < 0) {
            return;
        }
        try {
            ApiRange.check(plugin.requires(), PluginApi.VERSION);
            if (parts(plugin, source, stop)) {
                problems.remove(plugin.sha256());
                log.info("plugin {} {} was fetched", plugin.id(), plugin.version());
            }
        } catch (PluginSourceException gone) {
            usual = Math.max(SMALLEST, usual / 2);
            put(plugin, "it cannot be fetched at the moment: " + gone.getMessage(), SOON);
        } catch (LoadException unfit) {
            put(plugin, String.valueOf(unfit.getMessage()), LATER);
        } catch (IOException broken) {
            put(plugin, "it cannot be stored here: " + broken, SOON);
        }
    }

    private boolean parts(OfferedPlugin plugin, PluginSource source, BooleanSupplier stop)
            throws IOException, InterruptedException {
        long have = folder.fetched(plugin);
        while (have < plugin.size()) {
            String full = noRoom.get();
            if (!full.isEmpty()) {
                folder.drop(plugin);
                put(plugin, "it is not fetched: " + full, SOON);
                return false;
            }
            int length = (int) Math.min(usual, plugin.size() - have);
            byte[] part = source.part(plugin.sha256(), have, length);
            if (part.length == 0 || part.length > length) {
                folder.drop(plugin);
                throw new LoadException("the server gives another file than it told of");
            }
            folder.append(plugin, part);
            have += part.length;
            usual = Math.min(PART, usual * 2);
            if (have < plugin.size()) {
                if (stop.getAsBoolean()) {
                    return false;
                }
                Thread.sleep(PACE);
            }
        }
        if (!folder.take(plugin)) {
            throw new LoadException(
                    "what the server gave does not have the hash %s that it told; it was thrown away"
                            .formatted(plugin.sha256()));
        }
        return true;
    }

    private void put(OfferedPlugin plugin, String message, Duration again) {
        Problem before =
                problems.put(
                        plugin.sha256(), new Problem(message, System.nanoTime() + again.toNanos()));
        if (before == null || !before.message().equals(message)) {
            log.warn("plugin {} {} is not used: {}", plugin.id(), plugin.version(), message);
        }
    }
}
