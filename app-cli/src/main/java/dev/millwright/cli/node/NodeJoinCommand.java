package dev.millwright.cli.node;

import dev.millwright.cli.command.BaseCommand;
import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.node.link.JoinOrder;
import dev.millwright.node.link.LinkException;
import dev.millwright.node.link.NodeIdentity;
import dev.millwright.node.program.AgentProgram;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `millwright node join`.
@Command(
        name = "join",
        description = "Make this machine a node of a cluster, with a one-time token")
final class NodeJoinCommand extends BaseCommand {
    @Mixin private JoinOptions join = new JoinOptions();
    @Mixin private NodePlaces places = new NodePlaces();

    NodeJoinCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        Path root = places.root(around);
        JoinOrder order =
                join.order(places.labels(around), around)
                        .orElseThrow(() ->
                                CliException.usage(
                                        "which cluster? 'millwright node token' on the"
                                                + " server prints what to say here"));
        NodeIdentity identity;
        try {
            identity = AgentProgram.join(root, order);
        } catch (LinkException refused) {
            throw JoinOptions.failed(refused);
        }
        terminal().line("this machine is the node '%s' now".formatted(identity.name()));
        terminal().line("let it work: millwright node run --root " + root);
        return ExitCode.OK;
    }
}
