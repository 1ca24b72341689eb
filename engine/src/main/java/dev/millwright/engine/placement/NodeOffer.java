package dev.millwright.engine.placement;

import java.util.Map;
import java.util.Set;

/// What one node has to offer at this moment.
///
/// @param name of the node
/// @param standing whether it takes work at all
/// @param properties labels and facts by their names
/// @param runners kinds of leaves that it can carry out
/// @param slots how many attempts it may have under way at once
/// @param busy how many it has
/// @param warm whether it already holds the repository of the run
/// @param refusal why it takes nothing at the moment, such as a full disk; empty when it does
/// @param missing kinds of leaves that it knows of and cannot carry out, and why
public record NodeOffer(
        String name,
        Standing standing,
        Map<String, String> properties,
        Set<String> runners,
        int slots,
        int busy,
        boolean warm,
        String refusal,
        Map<String, String> missing) {
    public NodeOffer {
        properties = Map.copyOf(properties);
        runners = Set.copyOf(runners);
        missing = Map.copyOf(missing);
    }

    /// A node that refuses nothing and lacks nothing.
    public NodeOffer(
            String name,
            Standing standing,
            Map<String, String> properties,
            Set<String> runners,
            int slots,
            int busy,
            boolean warm) {
        this(name, standing, properties, runners, slots, busy, warm, "", Map.of());
    }

    /// Whether a node takes work.
    public enum Standing {
        ONLINE,
        /// It is connected to another server, which gives it work.
        ELSEWHERE,
        /// It has not been heard of for a moment.
        SUSPECT,
        UNREACHABLE,
        /// It ends what it has and takes nothing new.
        DRAINING,
        OFFLINE
    }

    /// Used slots as a part of all, from 0 to 1.
    double load() {
        return slots == 0 ? 1 : (double) busy / slots;
    }
}
