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
/// @param missing kinds that it knows of and cannot carry out, and why
/// @param slots how many attempts it runs at once
public record NodeProfile(
        String version,
        String boot,
        String life,
        Map<String, String> labels,
        Map<String, String> facts,
        Set<String> runners,
        Map<String, String> missing,
        int slots) {
    static final String NAME = "node";

    public NodeProfile {
        labels = Map.copyOf(labels);
        facts = Map.copyOf(facts);
        runners = Set.copyOf(runners);
        missing = Map.copyOf(missing);
    }

    /// A node that lacks nothing.
    public NodeProfile(
            String version,
            String boot,
            String life,
            Map<String, String> labels,
            Map<String, String> facts,
            Set<String> runners,
            int slots) {
        this(version, boot, life, labels, facts, runners, Map.of(), slots);
    }

    /// With these labels over its own.
    NodeProfile withLabels(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(labels);
        all.putAll(more);
        return new NodeProfile(version, boot, life, all, facts, runners, missing, slots);
    }

    NodeProfile withFacts(Map<String, String> now) {
        return new NodeProfile(version, boot, life, labels, now, runners, missing, slots);
    }

    NodeProfile withRunners(Set<String> now, Map<String, String> nowMissing) {
        return new NodeProfile(version, boot, life, labels, facts, now, nowMissing, slots);
    }

    /// What steps can ask for: facts, and over them labels, and over all the node's name as
    /// [#NAME]. No node says that it is another one.
    Map<String, String> properties(String name) {
        Map<String, String> all = new TreeMap<>(facts);
        all.putAll(labels);
        all.put(NAME, name);
        return Map.copyOf(all);
    }
}
