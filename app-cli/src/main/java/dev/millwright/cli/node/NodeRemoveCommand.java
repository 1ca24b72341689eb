package dev.millwright.cli.node;

import dev.millwright.api.MillwrightClient;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.ServerCommand;
import dev.millwright.cli.command.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `millwright node remove`.
@Command(
        name = "remove",
        description = "Take a node's certificates away and cut its connections, at once")
final class NodeRemoveCommand extends ServerCommand {
    @Parameters(paramLabel = "NODE", description = "The node's name")
    private String name = "";

    NodeRemoveCommand(Surroundings around) {
        super(around);
    }

    @Override
    protected int call(MillwrightClient client, String namespace) {
        client.removeNode(name);
        terminal()
                .line(
                        "node/%s removed, its steps are given up; a machine comes back only with a new token ('millwright node token'), the node of a server when that server starts"
                                .formatted(name));
        return ExitCode.OK;
    }
}
