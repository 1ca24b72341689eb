package dev.millwright.server.node;

import dev.millwright.engine.placement.NodeOffer;
import dev.millwright.engine.placement.NodeOffer.Standing;
import dev.millwright.engine.progress.Action;
import dev.millwright.model.AttemptId;
import dev.millwright.model.NodeName;
import dev.millwright.model.RunId;
import dev.millwright.node.Assignment;
import dev.millwright.node.GivenUpException;
import dev.millwright.node.MissingRunnerException;
import dev.millwright.node.NodeException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One node that gets its work from this server: its line, its slots, and what it was given.
///
/// Called from any thread.
final class FleetNode {
    private final NodeName name;
    private final UUID session;
    private final NodeLine line;

    /// Attempts that have a slot, some of them not handed over yet.
    private final Set<AttemptId> taken = new HashSet<>();

    /// Attempts that the node has, by their fences.
    private final Map<AttemptId, Long> given = new HashMap<>();

    /// Attempts that it will never be handed.
    private final Set<AttemptId> givenUp = new HashSet<>();

    private final Map<AttemptId, NodeHost.StopOrder> stops = new HashMap<>();
    private final Set<RunId> runs = new HashSet<>();

    /// Kinds that it turned out not to carry out, whatever its profile says.
    private final Set<String> lacking = new HashSet<>();

    private Map<String, String> properties;
    private Set<String> repositories;
    private NodeProfile profile;
    private boolean draining;
    private String refusal = "";
    private boolean ready;
    private boolean suspect;
    private long decidedAt = System.nanoTime();
    private long heardAt = System.nanoTime();

    /// @param given what the node has already
    FleetNode(
            NodeName name,
            UUID session,
            NodeLine line,
            NodeHello hello,
            boolean draining,
            Map<AttemptId, Long> given) {
        this.name = name;
        this.session = session;
        this.line = line;
        this.profile = hello.profile();
        this.properties = profile.properties(name.value());
        this.repositories = hello.repositories();
        this.draining = draining;
        this.given.putAll(given);
        this.taken.addAll(given.keySet());
        this.runs.addAll(hello.runs());
    }

    NodeName name() {
        return name;
    }

    UUID session() {
        return session;
    }

    NodeLine line() {
        return line;
    }

    synchronized void ready() {
        ready = true;
    }

    synchronized NodeOffer offer(@Nullable String repository) {
        Standing standing = draining ? Standing.DRAINING : Standing.ONLINE;
        boolean silent = !ready || suspect;
        return new NodeOffer(
                name.value(),
                silent ? Standing.SUSPECT : standing,
                properties,
                runners(),
                profile.slots(),
                taken.size(),
                repository != null && repositories.contains(repository),
                refusal,
                profile.missing());
    }

    private Set<String> runners() {
        if (lacking.isEmpty()) {
            return profile.runners();
        }
        Set<String> left = new HashSet<>(profile.runners());
        left.removeAll(lacking);
        return left;
    }

    synchronized boolean take(AttemptId attempt) {
        if (!ready
                || suspect
                || draining
                || !refusal.isEmpty()
                || taken.size() >= profile.slots()) {
            return false;
        }
        taken.add(attempt);
        return true;
    }

    synchronized void release(AttemptId attempt) {
        taken.remove(attempt);
        stops.remove(attempt);
    }

    /// The end of the attempt is stored. Until then it must not look as if it had never been handed
    /// over.
    synchronized void forget(AttemptId attempt) {
        given.remove(attempt);
        stops.remove(attempt);
    }

    /// Hand the attempt over. Throws [NodeException] when it is certain that it was not; then what
    /// stood in the way is believed until the node says something else.
    void start(Assignment assignment) {
        synchronized (this) {
            if (!ready) {
                throw new NodeException("node '%s' has gone away".formatted(name));
            }
            if (givenUp.contains(assignment.attempt())) {
                throw new GivenUpException(assignment.attempt());
            }
            given.put(assignment.attempt(), assignment.fence());
            runs.add(assignment.run());
        }
        try {
            line.start(assignment);
        } catch (NodeException refused) {
            synchronized (this) {
                // As long as it looks like handed over, nothing would start it again
                given.remove(assignment.attempt());
                believe(refused, assignment.runner());
            }
            throw refused;
        }
    }

    /// Without this the same step would be handed over and refused again at once.
    private void believe(NodeException refused, String runner) {
        switch (refused) {
            case GivenUpException _ -> {}
            case MissingRunnerException _ -> lacking.add(runner);
            case NodeException _ -> refusal = String.valueOf(refused.getMessage());
        }
    }

    /// Say that an attempt which was not handed over never will be. False when it was.
    synchronized boolean giveUp(AttemptId attempt) {
        if (given.containsKey(attempt)) {
            return false;
        }
        givenUp.add(attempt);
        return true;
    }

    void stop(AttemptId attempt, Action.Reason reason, Duration grace) {
        synchronized (this) {
            if (given.containsKey(attempt)) {
                stops.put(attempt, new NodeHost.StopOrder(attempt, reason, grace));
            }
        }
        line.stop(attempt, reason, grace);
    }

    void forgetRun(RunId run) {
        boolean known;
        synchronized (this) {
            known = runs.remove(run);
        }
        if (known) {
            line.forgetRun(run);
        }
    }

    /// The fence of an attempt that the node has.
    synchronized Optional<Long> fence(AttemptId attempt) {
        return Optional.ofNullable(given.get(attempt));
    }

    synchronized List<NodeHost.StopOrder> stops() {
        return List.copyOf(stops.values());
    }

    synchronized int busy() {
        return taken.size();
    }

    /// Gives whether it takes work again that it did not take before.
    synchronized boolean heard(String nowRefused, Set<String> nowHeld) {
        boolean refused = !refusal.isEmpty() || !lacking.isEmpty();
        heardAt = System.nanoTime();
        refusal = nowRefused;
        lacking.clear();
        repositories = Set.copyOf(nowHeld);
        return refused && nowRefused.isEmpty();
    }

    /// How long nothing has been heard of it.
    synchronized Duration silence() {
        return Duration.ofNanos(System.nanoTime() - heardAt);
    }

    /// Why it takes nothing at the moment; empty when it does.
    synchronized String refusal() {
        return refusal;
    }

    synchronized void refuse(NodeHost.Refusal why) {
        if (why.missingRunner().isEmpty()) {
            refusal = why.reason();
        } else {
            lacking.add(why.missingRunner());
        }
    }

    synchronized boolean isDraining() {
        return draining;
    }

    /// Follow what is stored about the node. Whether it takes work again, which it did not before.
    ///
    /// @param readAt when that was read, by [System#nanoTime()]; what was decided here since counts
    ///   more
    synchronized boolean follow(boolean storedDraining, boolean nowSuspect, long readAt) {
        boolean wantedDraining = decidedAt - readAt > 0 ? draining : storedDraining;
        boolean again = (draining && !wantedDraining) || (suspect && !nowSuspect);
        draining = wantedDraining;
        suspect = nowSuspect;
        return again;
    }

    synchronized void drain(boolean wanted) {
        draining = wanted;
        decidedAt = System.nanoTime();
    }

    synchronized void facts(Map<String, String> now) {
        profile = profile.withFacts(now);
        properties = profile.properties(name.value());
    }

    synchronized void runners(Set<String> kinds, Map<String, String> missing) {
        profile = profile.withRunners(kinds, missing);
    }

    /// Hand nothing over any more.
    synchronized void leave() {
        ready = false;
    }
}
