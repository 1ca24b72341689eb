package dev.millwright.node.plugin;

import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.HostSettings;
import dev.millwright.host.PluginHost;
import dev.millwright.host.use.Point;
import dev.millwright.model.AttemptId;
import dev.millwright.node.NodeException;
import dev.millwright.node.OwnerOnly;
import dev.millwright.node.agent.NodeAgent;
import dev.millwright.plugin.runner.Runner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Plugins that servers gave. A thread of its own does the work; the rest is asked and told from
/// any thread.
final class FetchedPlugins implements NodePlugins {
    private static final Logger log = LoggerFactory.getLogger(FetchedPlugins.class);
    private static final long LOOK_MILLIS = 1_000;

    private final PluginFolder folder;
    private final PluginHost host;
    private final PluginRunners runners;
    private final PluginKeeper keeper;
    private List<OfferedPlugin> wanted;
    private @Nullable PluginSource source;
    private boolean woken;
    private boolean closed;
    private @Nullable Thread worker;
    private volatile PluginKeeper.Offer offer = PluginKeeper.Offer.NONE;

    private FetchedPlugins(
            PluginFolder folder, FetchedFiles admission, PluginHost host, SecretSource secrets) {
        this.folder = folder;
        this.host = host;
        this.runners = new PluginRunners(host.extensions(), secrets);
        this.keeper = new PluginKeeper(folder, admission, host, runners);
        this.wanted = folder.told();
    }

    static FetchedPlugins open(
            Path root, List<String> trustedKeys, List<Runner<?>> builtIn, SecretSource secrets) {
        PluginFolder folder = new PluginFolder(root);
        FetchedFiles admission = new FetchedFiles();
        Path data = root.resolve("plugin-data");
        try {
            folder.prepare();
            OwnerOnly.keep(data);
            admission.want(folder.told());
            PluginHost host =
                    PluginHost.open(
                            HostSettings.ofRunners(folder.path(), data, trustedKeys, admission),
                            secrets);
            builtIn.forEach(runner -> host.extensions().add(Point.RUNNER, runner));
            return new FetchedPlugins(folder, admission, host, secrets);
        } catch (IOException broken) {
            throw new NodeException(
                    "the node's plugins below %s cannot be used: %s"
                            .formatted(root, broken.getMessage()),
                    broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new NodeException("interrupted while plugins were loaded", stopped);
        }
    }

    @Override
    public Optional<Runner<?>> find(String kind) {
        return runners.find(kind);
    }

    @Override
    public Set<String> kinds() {
        return offer.kinds();
    }

    @Override
    public Map<String, String> missing() {
        return offer.missing();
    }

    @Override
    public synchronized void sweep(Set<AttemptId> live) {
        runners.sweep(live);
        offer = keeper.offer(wanted, null);
    }

    @Override
    public synchronized void told(List<OfferedPlugin> all, PluginSource from) {
        if (!all.equals(wanted)) {
            wanted = List.copyOf(all);
            try {
                folder.storeTold(wanted);
            } catch (IOException full) {
                log.warn("what the server tells of its plugins cannot be kept", full);
            }
        }
        source = from;
        wake();
    }

    @Override
    public synchronized void broken(PluginSource from) {
        if (source == from) {
            source = null;
        }
    }

    private synchronized void wake() {
        woken = true;
        notifyAll();
    }

    @Override
    public synchronized void start(NodeAgent agent, Supplier<String> noRoom) {
        PluginFetch fetch = new PluginFetch(folder, noRoom);
        worker = Thread.ofVirtual().name("plugins").start(() -> work(agent, fetch));
    }

    private void work(NodeAgent agent, PluginFetch fetch) {
        try {
            while (true) {
                Order order = next();
                if (order.renewed()) {
                    fetch.forgetProblems();
                }
                try {
                    keeper.bringTogether(
                            order.wanted(), fetch, order.source(), this::isWoken, agent);
                } catch (RuntimeException unexpected) {
                    log.error("the plugins of this node cannot be looked after", unexpected);
                }
                offer = keeper.offer(order.wanted(), fetch);
            }
        } catch (InterruptedException goingDown) {
            Thread.currentThread().interrupt();
        }
    }

    /// What there is to do.
    private record Order(
            List<OfferedPlugin> wanted, @Nullable PluginSource source, boolean renewed) {}

    private synchronized Order next() throws InterruptedException {
        long end = System.nanoTime() + LOOK_MILLIS * 1_000_000;
        long left = LOOK_MILLIS;
        while (!woken && !closed && left > 0) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
        if (closed) {
            throw new InterruptedException();
        }
        boolean renewed = woken;
        woken = false;
        return new Order(wanted, source, renewed);
    }

    private synchronized boolean isWoken() {
        return woken || closed;
    }

    @Override
    public void close() {
        Thread going;
        synchronized (this) {
            closed = true;
            notifyAll();
            going = worker;
        }
        if (going != null) {
            going.interrupt();
            try {
                going.join();
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
            }
        }
        host.close();
    }
}
