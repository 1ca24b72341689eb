package dev.millwright.cli.node;

import dev.millwright.api.MillwrightClient;
import dev.millwright.api.server.NodeView;
import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.OutputOptions;
import dev.millwright.cli.command.ServerCommand;
import dev.millwright.cli.command.Surroundings;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `millwright node`.
@Command(
        name = "node",
        description = {
            "List nodes; show one; give it nothing new (drain), or let it work again (resume).",
            "'node token' lets a machine become a node, 'node remove' ends that.",
            "On another machine: 'node join' makes it a node, 'node run' lets it work."
        })
public final class NodeCommand extends ServerCommand {
    /// What to do.
    enum Verb {
        LIST,
        SHOW,
        DRAIN,
        RESUME;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "list|show|drain|resume",
            description = "What to do (default: list)")
    private Verb verb = Verb.LIST;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NODE",
            description = "The node's name; for list: only this one")
    private @Nullable String name;

    @Option(names = "--facts", description = "For list: what each node found out of its machine")
    private boolean facts;

    @Option(names = "--methods", description = "For list: runners and tools of each node")
    private boolean methods;

    @Mixin private OutputOptions output = new OutputOptions();

    private NodeCommand(Surroundings around) {
        super(around);
    }

    /// With the commands that have options of their own.
    public static CommandLine line(Surroundings around) {
        return new CommandLine(new NodeCommand(around))
                .addSubcommand(new NodeTokenCommand(around))
                .addSubcommand(new NodeRemoveCommand(around))
                .addSubcommand(new NodeJoinCommand(around))
                .addSubcommand(new NodeRunCommand(around));
    }

    @Override
    protected int call(MillwrightClient client, String namespace) {
        List<NodeView> shown =
                switch (verb) {
                    case LIST -> named(client, name);
                    case SHOW -> named(client, required());
                    case DRAIN -> List.of(client.drain(required()));
                    case RESUME -> List.of(client.resume(required()));
                };
        if (verb == Verb.SHOW) {
            NodeTable.printOne(terminal(), output, shown.getFirst());
        } else if (facts || methods) {
            NodeTable.printDetails(terminal(), output, shown, facts, methods);
        } else {
            NodeTable.print(terminal(), output, shown);
        }
        return ExitCode.OK;
    }

    /// @param wanted null for all
    private static List<NodeView> named(MillwrightClient client, @Nullable String wanted) {
        List<NodeView> nodes =
                client.nodes().items().stream()
                        .filter(node -> wanted == null || node.name().equals(wanted))
                        .toList();
        if (wanted != null && nodes.isEmpty()) {
            throw CliException.notFound("there is no node '%s'".formatted(wanted));
        }
        return nodes;
    }

    private String required() {
        String wanted = name;
        if (wanted == null) {
            throw CliException.usage("which node? 'millwright node' lists them");
        }
        return wanted;
    }
}
