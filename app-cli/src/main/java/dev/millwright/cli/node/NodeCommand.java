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
import picocli.CommandLine.Parameters;

/// `millwright node`.
@Command(
        name = "node",
        description = {
            "List nodes; give one nothing new, or let it work again.",
            "'node token' lets a machine become a node, 'node remove' ends that.",
            "On another machine: 'node join' makes it a node, 'node run' lets it work."
        })
public final class NodeCommand extends ServerCommand {
    /// What to do.
    enum Verb {
        LIST,
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
            paramLabel = "list|drain|resume",
            description = "What to do (default: list)")
    private Verb verb = Verb.LIST;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NODE",
            description = "For drain and resume: the node's name")
    private @Nullable String name;

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
                    case LIST ->
                            client.nodes().items().stream()
                                    .filter(node -> name == null || node.name().equals(name))
                                    .toList();
                    case DRAIN -> List.of(client.drain(required()));
                    case RESUME -> List.of(client.resume(required()));
                };
        if (shown.isEmpty() && name != null) {
            throw CliException.notFound("there is no node '%s'".formatted(name));
        }
        NodeTable.print(terminal(), output, shown);
        return ExitCode.OK;
    }

    private String required() {
        String wanted = name;
        if (wanted == null) {
            throw CliException.usage("which node? 'millwright node' lists them");
        }
        return wanted;
    }
}
