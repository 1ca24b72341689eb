package dev.millwright.cli.node;

import dev.millwright.api.server.NodeView;
import dev.millwright.cli.command.OutputOptions;
import dev.millwright.cli.terminal.Table;
import dev.millwright.cli.terminal.Terminal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Shows nodes as a table.
public final class NodeTable {
    private NodeTable() {}

    public static void print(Terminal terminal, OutputOptions output, List<NodeView> nodes) {
        Table table = Table.of("NAME", "STATE", "BUSY", "SLOTS", "RUNNERS", "LABELS");
        nodes.forEach(node ->
                table.row(
                        node.name(),
                        node.state(),
                        Integer.toString(node.busy()),
                        Integer.toString(node.slots()),
                        String.join(",", node.runners()),
                        labels(node.labels())));
        output.list(terminal, nodes, table, node -> "node/" + node.name(), "no nodes");
    }

    /// Labels as one word each.
    public static String labels(Map<String, String> labels) {
        return String.join(
                ",",
                new TreeMap<>(labels)
                        .entrySet().stream().map(l -> l.getKey() + "=" + l.getValue()).toList());
    }
}
