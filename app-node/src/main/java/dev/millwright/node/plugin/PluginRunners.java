package dev.millwright.node.plugin;

import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.Extensions;
import dev.millwright.host.call.HostedRunner;
import dev.millwright.host.use.Point;
import dev.millwright.host.use.Use;
import dev.millwright.model.AttemptId;
import dev.millwright.node.agent.Runners;
import dev.millwright.plugin.runner.Runner;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a node can carry out: what is built in and what plugins add.
///
/// A runner is offered once it has removed what earlier attempts left behind, and only while
/// nothing is in its way. [#look] is called again and again by one thread; the rest from any
/// thread.
public final class PluginRunners implements Runners {
    private static final Logger log = LoggerFactory.getLogger(PluginRunners.class);
    private static final long ALL_WELL = 10_000_000_000L;
    private static final long OBSTRUCTED = 2_000_000_000L;

    private final Extensions extensions;
    private final SecretSource secrets;
    private final Set<String> swept = new HashSet<>();
    private final Map<String, String> obstacles = new TreeMap<>();
    private Set<String> looked = Set.of();
    private long nextLook = System.nanoTime();
    private volatile Offer offer = new Offer(Set.of(), Map.of());

    /// @param missing kinds that are there and cannot be used, and why
    private record Offer(Set<String> kinds, Map<String, String> missing) {}

    public PluginRunners(Extensions extensions, SecretSource secrets) {
        this.extensions = extensions;
        this.secrets = secrets;
    }

    /// Also one that is not offered, for what it has begun.
    @Override
    public Optional<Runner<?>> find(String kind) {
        return extensions.find(Point.RUNNER, kind).map(use -> new HostedRunner(use, secrets));
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
    public void sweep(Set<AttemptId> live) {
        try {
            look(() -> live, true);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Find out what can be used now.
    ///
    /// @param live all attempts that the node knows and that have not ended; no attempt is begun
    ///   with a runner that is not offered
    public void look(Supplier<Set<AttemptId>> live) throws InterruptedException {
        look(live, false);
    }

    private synchronized void look(Supplier<Set<AttemptId>> live, boolean again)
            throws InterruptedException {
        List<Use<Runner<?>>> all = extensions.all(Point.RUNNER);
        Set<String> loaded = new TreeSet<>();
        all.forEach(use -> loaded.add(use.kind()));
        boolean same = loaded.equals(looked);
        if (same && !again && System.nanoTime() - nextLook < 0) {
            return;
        }
        swept.retainAll(loaded);
        obstacles.keySet().retainAll(loaded);
        if (again) {
            swept.clear();
        }
        for (String kind : loaded) {
            Runner<?> runner = find(kind).orElse(null);
            if (runner != null && isFree(kind, runner) && swept.add(kind)) {
                sweep(kind, runner, live.get());
            }
        }
        looked = loaded;
        Set<String> offered = new TreeSet<>(loaded);
        offered.removeAll(obstacles.keySet());
        offer = new Offer(Set.copyOf(offered), Map.copyOf(obstacles));
        nextLook = System.nanoTime() + (obstacles.isEmpty() ? ALL_WELL : OBSTRUCTED);
    }

    private boolean isFree(String kind, Runner<?> runner) throws InterruptedException {
        Optional<String> obstacle;
        try {
            obstacle = runner.obstacle();
        } catch (RuntimeException unable) {
            obstacle = Optional.of("it cannot be told whether it works: " + unable.getMessage());
        }
        String before = obstacles.get(kind);
        if (obstacle.isEmpty()) {
            obstacles.remove(kind);
            if (before != null) {
                log.info("runner '{}' can be used now", kind);
            }
            return true;
        }
        obstacles.put(kind, obstacle.get());
        if (!obstacle.get().equals(before)) {
            log.warn("runner '{}' cannot be used here: {}", kind, obstacle.get());
        }
        return false;
    }

    /// One that cannot do it does not keep the node from its work.
    private static void sweep(String kind, Runner<?> runner, Set<AttemptId> live)
            throws InterruptedException {
        try {
            runner.sweep(live);
        } catch (RuntimeException failed) {
            log.warn(
                    "runner '{}' could not remove what earlier attempts left behind: {}",
                    kind,
                    failed.getMessage());
        }
    }
}
