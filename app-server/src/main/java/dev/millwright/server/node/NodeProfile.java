package dev.millwright.server.node;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What a node says about itself.
///
/// @param version of its program
/// @param boot of its machine
/// @param life made anew with each start of its program
/// @param labels what administrators say about it
/// @param facts what it found out about its machine
/// @param runners kinds of leaves that it carries out
/// @param slots how many attempts it runs at once
public record NodeProfile(
        String version,
        String boot,
        String life,
        Map<String, String> labels,
        Map<String, String> facts,
        Set<String> runners,
        int slots) {
    public NodeProfile {
        labels = Map.copyOf(labels);
        facts = Map.copyOf(facts);
        runners = Set.copyOf(runners);
    }

    NodeProfile withFacts(Map<String, String> now) {
        return new NodeProfile(version, boot, life, labels, now, runners, slots);
    }

    /// What steps can ask for: facts, and over them labels, and the node's name as `node`.
    Map<String, String> properties(String name) {
        Map<String, String> all = new TreeMap<>(facts);
        all.putAll(labels);
        all.putIfAbsent("node", name);
        return Map.copyOf(all);
    }
}
