package dev.millwright.server.node;

import dev.millwright.engine.placement.NodeOffer.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What follows from the silence of nodes. Pure.
///
/// @param changes standings that are to change
/// @param lost nodes whose steps nobody waits for any longer
/// @param frozen whether so many nodes are gone that it is probably not them: then nothing is lost
record Judgement(List<Change> changes, List<String> lost, boolean frozen) {
    /// A node stands differently.
    record Change(String node, Standing from, Standing to) {}

    /// Judge.
    ///
    /// @param now by the database's clock
    /// @param since from when on somebody has been there to hear the nodes; what they did not say
    ///   before does not count
    /// @param frozenUntil when so many nodes were gone for the last time that nothing was lost:
    ///   those that are not back at once get as much time again
    /// @param silences of sessions that somebody here listens to
    static Judgement of(
            List<NodeSign> nodes,
            Instant now,
            Instant since,
            Instant frozenUntil,
            Map<UUID, Duration> silences,
            NodeLimits limits) {
        List<Change> changes = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        int expected = 0;
        int gone = 0;
        for (NodeSign node : nodes) {
            Instant seenAt = seenAt(node, now, silences);
            Duration silence = Duration.between(seenAt.isBefore(since) ? since : seenAt, now);
            boolean isBack = Duration.between(seenAt, now).compareTo(limits.suspect()) <= 0;
            Standing standing = standing(node.standing(), silence, isBack, limits);
            if (standing != node.standing()) {
                changes.add(new Change(node.name(), node.standing(), standing));
            }
            if (standing != Standing.OFFLINE) {
                expected++;
                gone += standing == Standing.UNREACHABLE ? 1 : 0;
            }
            boolean away = standing == Standing.UNREACHABLE || standing == Standing.OFFLINE;
            boolean hasHadTime = Duration.between(frozenUntil, now).compareTo(limits.lost()) > 0;
            if (away && hasHadTime && silence.compareTo(limits.lost()) > 0) {
                silent.add(node.name());
            }
        }
        boolean frozen = gone * 2 > expected;
        return new Judgement(changes, frozen ? List.of() : silent, frozen);
    }

    /// What is stored may be older than what is known here.
    private static Instant seenAt(NodeSign node, Instant now, Map<UUID, Duration> silences) {
        return node.session()
                .map(silences::get)
                .map(now::minus)
                .filter(node.seenAt()::isBefore)
                .orElse(node.seenAt());
    }

    /// A node that went down in order stays offline until it connects; one that is away comes back
    /// by a sign of life only.
    private static Standing standing(
            Standing old, Duration silence, boolean isBack, NodeLimits limits) {
        if (old == Standing.OFFLINE) {
            return old;
        }
        if (silence.compareTo(limits.unreachable()) > 0) {
            return Standing.UNREACHABLE;
        }
        if (isBack) {
            return Standing.ONLINE;
        }
        boolean suspect = silence.compareTo(limits.suspect()) > 0;
        return old == Standing.ONLINE && suspect ? Standing.SUSPECT : old;
    }
}
