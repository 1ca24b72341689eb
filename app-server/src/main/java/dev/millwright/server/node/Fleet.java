package dev.millwright.server.node;

import dev.millwright.engine.placement.NodeOffer;
import dev.millwright.engine.placement.NodeOffer.Standing;
import dev.millwright.engine.placement.Placement;
import dev.millwright.engine.placement.Strategies;
import dev.millwright.engine.progress.Action;
import dev.millwright.model.AttemptId;
import dev.millwright.model.NodeName;
import dev.millwright.model.RunId;
import dev.millwright.model.run.StepState;
import dev.millwright.node.Assignment;
import dev.millwright.node.NodeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The nodes that get their work from this server, and what is known of those that do not: which
/// one takes a leaf, and how to talk to it.
///
/// Called from any thread.
public final class Fleet {
    private final Map<NodeName, FleetNode> here = new ConcurrentHashMap<>();
    private final Map<AttemptId, NodeName> placed = new ConcurrentHashMap<>();
    private final AtomicLong turn = new AtomicLong();
    private final AtomicLong arrivals = new AtomicLong();
    private volatile List<NodeRow> known = List.of();

    /// Ask for a slot for an attempt of a leaf.
    ///
    /// @param repository of the run; nodes that hold it come first
    public Offer offer(Placement.Demand demand, @Nullable String repository, AttemptId attempt) {
        while (true) {
            switch (choose(demand, repository)) {
                case Placement.Chosen(String name) -> {
                    FleetNode node = here.get(new NodeName(name));
                    if (node != null && node.take(attempt)) {
                        placed.put(attempt, node.name());
                        return new Offer.Taken(node.name(), node.session());
                    }
                    // Its last slot was just taken, or it went away: ask again
                }
                case Placement.Busy(String message) -> {
                    return new Offer.Busy(message);
                }
                case Placement.Nowhere(String message) -> {
                    return new Offer.Unfit(StepState.NO_NODE, message);
                }
            }
        }
    }

    private Placement.Choice choose(Placement.Demand demand, @Nullable String repository) {
        long now = turn.getAndIncrement();
        // A leaf for one node is asked of that node only: a run has one for each of a thousand
        List<NodeOffer> named =
                demand.value(NodeProfile.NAME).map(NodeName::new).map(here::get).stream()
                        .map(node -> node.offer(repository))
                        .toList();
        Placement.Choice choice = Placement.choose(demand, named, Strategies.USUAL, now);
        return choice instanceof Placement.Chosen
                ? choice
                : Placement.choose(demand, offers(repository), Strategies.USUAL, now);
    }

    /// Whether a leaf would find a slot at this moment.
    public boolean hasSlotFor(Placement.Demand demand) {
        return here.values().stream().anyMatch(node -> Placement.isFree(demand, node.offer(null)));
    }

    /// Why no node takes a leaf at this moment; empty when one would.
    public Optional<String> obstacle(Placement.Demand demand) {
        return switch (Placement.choose(demand, offers(null), Strategies.USUAL, 0)) {
            case Placement.Chosen _ -> Optional.empty();
            case Placement.Busy(String message) -> Optional.of(message);
            case Placement.Nowhere(String message) -> Optional.of(message);
        };
    }

    /// What each node has to offer at this moment, by their names, for explanations.
    ///
    /// @param busy slots in use on nodes that get their work elsewhere
    public List<NodeOffer> allOffers(Map<String, Integer> busy) {
        List<NodeOffer> offers = new ArrayList<>();
        for (NodeOffer offer : offers(null)) {
            offers.add(
                    offer.standing() == Standing.ELSEWHERE
                            ? withBusy(offer, busy.getOrDefault(offer.name(), 0))
                            : offer);
        }
        offers.sort(Comparator.comparing(NodeOffer::name));
        return offers;
    }

    private static NodeOffer withBusy(NodeOffer offer, int busy) {
        return new NodeOffer(
                offer.name(),
                busy < offer.slots() ? Standing.ELSEWHERE : Standing.ONLINE,
                offer.properties(),
                offer.runners(),
                offer.slots(),
                busy,
                offer.warm(),
                offer.refusal(),
                offer.missing());
    }

    private List<NodeOffer> offers(@Nullable String repository) {
        List<NodeOffer> offers = new ArrayList<>();
        for (FleetNode node : here.values()) {
            offers.add(node.offer(repository));
        }
        for (NodeRow row : known) {
            if (!here.containsKey(new NodeName(row.name()))) {
                offers.add(elsewhere(row));
            }
        }
        return offers;
    }

    private static NodeOffer elsewhere(NodeRow row) {
        return new NodeOffer(
                row.name(),
                row.shown() == Standing.ONLINE ? Standing.ELSEWHERE : row.shown(),
                row.profile().properties(row.name()),
                row.profile().runners(),
                row.profile().slots(),
                0,
                false,
                "",
                row.profile().missing());
    }

    /// How the node stands; online when nothing else is known.
    public Standing standing(NodeName name) {
        return here.containsKey(name)
                ? Standing.ONLINE
                : known.stream()
                        .filter(row -> row.name().equals(name.value()))
                        .findFirst()
                        .map(NodeRow::standing)
                        .orElse(Standing.ONLINE);
    }

    /// Give the attempt's slot back; again does no harm. What was handed over counts as such until
    /// [#forget].
    public void release(AttemptId attempt) {
        NodeName name = placed.remove(attempt);
        FleetNode node = name == null ? null : here.get(name);
        if (node != null) {
            node.release(attempt);
        }
    }

    /// Take note that the end of an attempt is stored; comes after [#release].
    public void forget(NodeName name, AttemptId attempt) {
        find(name).ifPresent(node -> node.forget(attempt));
    }

    /// Hand an attempt over. Throws [NodeException] when it is certain that the node does not get
    /// it.
    public void start(NodeName name, Assignment assignment) {
        FleetNode node = here.get(name);
        if (node == null) {
            throw new NodeException("node '%s' has gone away".formatted(name));
        }
        node.start(assignment);
    }

    /// Ask for the end of an attempt. False when its node gets its work elsewhere, or nowhere.
    public boolean stop(NodeName name, AttemptId attempt, Action.Reason reason, Duration grace) {
        FleetNode node = here.get(name);
        if (node != null) {
            node.stop(attempt, reason, grace);
        }
        return node != null;
    }

    /// Tell the nodes that had steps of the run that it is over.
    public void forgetRun(RunId run) {
        here.values().forEach(node -> node.forgetRun(run));
    }

    /// Say that an attempt which its node was not handed never will be. False when it was, or when
    /// the node gets its work elsewhere.
    public boolean giveUp(NodeName name, AttemptId attempt) {
        FleetNode node = here.get(name);
        return node != null && node.giveUp(attempt);
    }

    /// Whether the node gets its work from this server and has the attempt with that fence.
    public boolean has(NodeName name, AttemptId attempt, long fence) {
        FleetNode node = here.get(name);
        return node != null && node.fence(attempt).filter(known -> known == fence).isPresent();
    }

    /// A node gets its work from here, once it is [#ready].
    ///
    /// @param given attempts that it has, by their fences
    public void join(
            NodeName name,
            UUID session,
            NodeLine line,
            NodeHello hello,
            boolean draining,
            Map<AttemptId, Long> given) {
        here.put(name, new FleetNode(name, session, line, hello, draining, given));
        given.keySet().forEach(attempt -> placed.put(attempt, name));
        arrivals.incrementAndGet();
    }

    /// How many nodes have come so far, each as often as it came.
    long arrivals() {
        return arrivals.get();
    }

    /// The node may be handed work.
    public void ready(NodeName name, NodeLine line) {
        on(name, line).ifPresent(FleetNode::ready);
    }

    /// Hand a node nothing any more, because it is about to come in over another line.
    public void replace(NodeName name) {
        FleetNode old = here.get(name);
        if (old != null) {
            leave(old);
            old.line().dismiss(NodeLine.Dismissal.REPLACED, "the node has connected again");
        }
    }

    /// What a node leaves behind whose line is closed.
    ///
    /// @param silence for how long nothing had been heard of it
    public record Left(UUID session, Duration silence) {}

    /// The line of a node is closed. Empty when it has come in over another line.
    public Optional<Left> leave(NodeName name, NodeLine line) {
        Optional<FleetNode> node = on(name, line);
        node.ifPresent(this::leave);
        return node.map(gone -> new Left(gone.session(), gone.silence()));
    }

    /// End the line of a node that was removed.
    void remove(NodeName name) {
        find(name)
                .ifPresent(node -> {
                    leave(node);
                    node.line()
                            .dismiss(
                                    NodeLine.Dismissal.REMOVED,
                                    "the node '%s' was removed; %s"
                                            .formatted(name, Enrolment.WAY_BACK));
                });
    }

    private void leave(FleetNode node) {
        here.remove(node.name(), node);
        placed.values().removeIf(node.name()::equals);
        node.leave();
    }

    /// A node has said that it lives. Whether it takes work again that it refused before.
    public boolean heard(NodeName name, NodeLine line, String refusal, Set<String> repositories) {
        return on(name, line).map(node -> node.heard(refusal, repositories)).orElse(false);
    }

    /// The node says that it takes nothing for now, or nothing for one of the runners.
    public void refuse(NodeName name, NodeHost.Refusal refusal) {
        find(name).ifPresent(node -> node.refuse(refusal));
    }

    /// What the node is to hear with its heartbeat.
    public NodeHost.Beat beat(NodeName name) {
        return find(name)
                .map(node -> new NodeHost.Beat(node.isDraining(), node.stops()))
                .orElseGet(() -> new NodeHost.Beat(false, List.of()));
    }

    Optional<FleetNode> find(NodeName name) {
        return Optional.ofNullable(here.get(name));
    }

    private Optional<FleetNode> on(NodeName name, NodeLine line) {
        return find(name).filter(node -> node.line() == line);
    }

    /// For how long nothing has been heard of each session's node.
    Map<UUID, Duration> silences() {
        return here.values().stream()
                .collect(Collectors.toMap(FleetNode::session, FleetNode::silence));
    }

    /// All nodes there are, as the database knows them.
    void know(List<NodeRow> rows) {
        known = List.copyOf(rows);
    }
}
