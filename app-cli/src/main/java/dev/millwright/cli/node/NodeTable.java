package dev.millwright.cli.node;

import dev.millwright.api.server.NodeView;
import dev.millwright.cli.command.OutputOptions;
import dev.millwright.cli.terminal.Table;
import dev.millwright.cli.terminal.Terminal;
import dev.millwright.cli.terminal.Times;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Shows nodes as a table.
public final class NodeTable {
    private static final String TOOL = "tool.";

    private NodeTable() {}

    private static final String NO_RUNNER = "no runner";

    /// A row for each node, and below the table what to do about those that are not well.
    public static void print(Terminal terminal, OutputOptions output, List<NodeView> nodes) {
        Instant now = Instant.now();
        Table table = Table.of("NAME", "STATE", "BUSY", "SLOTS", "SEEN", "RUNNERS", "LABELS");
        nodes.forEach(node ->
                table.row(
                        node.name(),
                        node.state(),
                        Integer.toString(node.busy()),
                        Integer.toString(node.slots()),
                        seen(node, now),
                        String.join(",", node.runners()),
                        labels(node.labels())));
        output.list(terminal, nodes, table, NodeTable::address, "no nodes");
        if (output.format() == OutputOptions.Format.TABLE) {
            nodes.forEach(node ->
                    told(node).forEach(why -> terminal.note("%s: %s".formatted(node.name(), why))));
        }
    }

    /// A row for each single thing that is known of a node, so that it fits any terminal and `grep`
    /// finds it.
    static void printDetails(
            Terminal terminal,
            OutputOptions output,
            List<NodeView> nodes,
            boolean facts,
            boolean methods) {
        Table table = Table.of("NODE", "KIND", "NAME", "VALUE");
        for (NodeView node : nodes) {
            if (methods) {
                node.runners().forEach(runner -> table.row(node.name(), "runner", runner, ""));
                node.missingRunners()
                        .forEach((runner, why) -> table.row(node.name(), NO_RUNNER, runner, why));
            }
            node.facts()
                    .forEach((fact, value) -> {
                        boolean tool = fact.startsWith(TOOL);
                        if (tool && methods) {
                            // As 'needs' wants it
                            table.row(node.name(), "tool", fact, value);
                        } else if (!tool && facts) {
                            table.row(node.name(), "fact", fact, value);
                        }
                    });
        }
        output.list(terminal, nodes, table, NodeTable::address, "no nodes");
    }

    /// All about one node.
    static void printOne(Terminal terminal, OutputOptions output, NodeView node) {
        Instant now = Instant.now();
        Table table = Table.of("WHAT", "NAME", "VALUE");
        table.row("state", "", node.state());
        told(node).forEach(why -> table.row("", "", why));
        table.row("seen", "", seen(node, now));
        table.row("version", "", node.version());
        table.row("slots", "", "%d of %d in use".formatted(node.busy(), node.slots()));
        node.runners().forEach(runner -> table.row("runner", runner, ""));
        node.missingRunners().forEach((runner, why) -> table.row(NO_RUNNER, runner, why));
        // Each node has that one, which nobody gives it
        table.row("label", "node", node.name());
        node.labels().forEach((label, value) -> table.row("label", label, value));
        node.facts().forEach((fact, value) -> table.row("fact", fact, value));
        output.one(terminal, node, () -> output.table(terminal, table), address(node));
    }

    private static String address(NodeView node) {
        return "node/" + node.name();
    }

    private static List<String> told(NodeView node) {
        return Stream.of(
                        node.advice(),
                        node.refusal().isEmpty() ? "" : "it takes nothing new: " + node.refusal())
                .filter(why -> !why.isEmpty())
                .toList();
    }

    private static String seen(NodeView node, Instant now) {
        Instant seen = node.seenAt();
        return seen == null ? "never" : Times.age(seen, now) + " ago";
    }

    /// Labels as one word each.
    public static String labels(Map<String, String> labels) {
        return String.join(
                ",",
                new TreeMap<>(labels)
                        .entrySet().stream().map(l -> l.getKey() + "=" + l.getValue()).toList());
    }
}
