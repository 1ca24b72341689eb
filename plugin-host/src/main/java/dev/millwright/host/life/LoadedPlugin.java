package dev.millwright.host.life;

import dev.millwright.host.load.LoadException;
import dev.millwright.host.load.LoadedBundle;
import dev.millwright.host.load.PluginManifest;
import dev.millwright.host.use.Call;
import dev.millwright.host.use.PluginCallException;
import dev.millwright.host.use.Point;
import dev.millwright.host.use.Use.Hold;
import dev.millwright.plugin.PluginContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A plugin in use: its extensions, the calls that are under way in it, and its orderly end.
///
/// Called from any thread; [#close] once.
public final class LoadedPlugin {
    private static final Logger log = LoggerFactory.getLogger(LoadedPlugin.class);
    private static final Duration OPEN = Duration.ofSeconds(30);
    private static final Duration CLOSE = Duration.ofSeconds(10);

    private final LoadedBundle bundle;
    private final CallThreads threads;
    private final List<LoadedExtension> extensions = new ArrayList<>();
    private final UUID life = UUID.randomUUID();
    private int calls;
    private int holds;
    private boolean closing;

    private LoadedPlugin(LoadedBundle bundle) {
        this.bundle = bundle;
        this.threads =
                new CallThreads(
                        bundle.manifest().id() + " " + bundle.manifest().version(),
                        bundle.classes());
    }

    /// Make the extensions of these points and open them. Throws [LoadException]; then the bundle
    /// is closed.
    public static LoadedPlugin open(
            LoadedBundle bundle, List<Point<?>> points, PluginContext context)
            throws InterruptedException {
        LoadedPlugin plugin = new LoadedPlugin(bundle);
        try {
            for (Point<?> point : points) {
                for (Class<?> type : bundle.extensions(point.type())) {
                    plugin.add(point, type, context);
                }
            }
            if (plugin.extensions.isEmpty()) {
                throw new LoadException(
                        "it has no extensions: no file in META-INF/services names a class of it");
            }
            return plugin;
        } catch (PluginCallException refused) {
            plugin.end();
            throw new LoadException(String.valueOf(refused.getMessage()), refused);
        } catch (LoadException | InterruptedException unusable) {
            plugin.end();
            throw unusable;
        }
    }

    private void add(Point<?> point, Class<?> type, PluginContext context)
            throws InterruptedException {
        LoadedExtension extension =
                threads.call(
                        "open",
                        OPEN,
                        () -> {
                            LoadedExtension made = LoadedExtension.of(point, type);
                            made.extension().open(context);
                            return made;
                        });
        extensions.add(extension);
    }

    public PluginManifest manifest() {
        return bundle.manifest();
    }

    public String sha256() {
        return bundle.sha256();
    }

    /// The file that it was loaded from: a copy that is there until the plugin is closed.
    public Path file() {
        return bundle.file();
    }

    public List<LoadedExtension> extensions() {
        return List.copyOf(extensions);
    }

    /// How many calls go on past their deadline.
    public int overdue() {
        return threads.overdue();
    }

    /// How many pieces of work keep the plugin loaded.
    public synchronized int holds() {
        return holds;
    }

    String life() {
        return life.toString();
    }

    <T, R> R call(T extension, String what, Duration deadline, Call<? super T, R> call)
            throws InterruptedException {
        begin();
        try {
            return threads.call(what, deadline, () -> call.on(extension));
        } finally {
            finish();
        }
    }

    private synchronized void begin() {
        // Who holds the plugin may go on calling it
        if (closing && holds == 0) {
            throw gone();
        }
        calls++;
    }

    private PluginCallException gone() {
        return new PluginCallException(
                PluginCallException.Why.GONE,
                "plugin %s %s was taken away".formatted(manifest().id(), manifest().version()));
    }

    private synchronized void finish() {
        calls--;
        notifyAll();
    }

    synchronized Hold hold() {
        if (closing) {
            throw gone();
        }
        holds++;
        AtomicBoolean open = new AtomicBoolean(true);
        return () -> {
            if (open.getAndSet(false)) {
                release();
            }
        };
    }

    private synchronized void release() {
        holds--;
        notifyAll();
    }

    /// Take no further calls, wait for those under way and for whoever holds the plugin, and let go
    /// of everything.
    ///
    /// @param patience the longest wait for calls
    /// @param waitForHolds whether to wait for holds, however long that takes
    public void close(Duration patience, boolean waitForHolds) throws InterruptedException {
        boolean quiet = drain(patience, waitForHolds);
        if (!quiet) {
            log.warn(
                    "plugin {} {} is taken away while calls of it go on",
                    manifest().id(),
                    manifest().version());
        }
        end();
    }

    private synchronized boolean drain(Duration patience, boolean waitForHolds)
            throws InterruptedException {
        closing = true;
        while (waitForHolds && holds > 0) {
            wait();
        }
        long end = System.nanoTime() + patience.toNanos();
        while (calls > 0) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    private void end() throws InterruptedException {
        try {
            for (LoadedExtension extension : extensions.reversed()) {
                close(extension);
            }
        } finally {
            threads.close();
            bundle.close();
        }
    }

    private void close(LoadedExtension extension) throws InterruptedException {
        try {
            var _ =
                    threads.call(
                            "close",
                            CLOSE,
                            () -> {
                                extension.extension().close();
                                return true;
                            });
        } catch (PluginCallException failed) {
            log.warn("{}", failed.getMessage());
        }
    }
}
