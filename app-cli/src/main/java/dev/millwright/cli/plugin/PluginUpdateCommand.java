package dev.millwright.cli.plugin;

import dev.millwright.api.MillwrightClient;
import dev.millwright.api.plugin.PluginView;
import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.ServerCommand;
import dev.millwright.cli.command.Surroundings;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `millwright plugin update`.
@Command(
        name = "update",
        description = {
            "Bring plugins of a server on this machine to what comes with this Millwright.",
            "'plugin list' tells for which there is something; steps that run go on meanwhile."
        })
final class PluginUpdateCommand extends ServerCommand {
    @Parameters(paramLabel = "PLUGIN", arity = "0..*", description = "Ids of installed plugins")
    private List<String> named = new ArrayList<>();

    @Option(names = "--all", description = "All that have an update")
    private boolean all;

    PluginUpdateCommand(Surroundings around) {
        super(around);
    }

    @Override
    protected int call(MillwrightClient client, String namespace) {
        if (all != named.isEmpty()) {
            throw CliException.usage("which? PLUGIN... or --all; 'plugin list' tells which");
        }
        List<PluginView> plugins = client.plugins().items();
        List<Update> updates = Update.of(plugins);
        for (String id : named) {
            if (plugins.stream().noneMatch(one -> one.id().equals(id))) {
                throw CliException.notFound(
                        "the server has no plugin '%s'; 'millwright plugin install %s' installs it"
                                .formatted(id, id));
            }
            if (updates.stream().noneMatch(update -> update.used().id().equals(id))) {
                terminal().note("plugin/%s: there is no newer one".formatted(id));
            }
        }
        List<Update> wanted =
                updates.stream()
                        .filter(update -> all || named.contains(update.used().id()))
                        .toList();
        for (Update update : wanted) {
            PluginView now = new Installation(client, update.bundle()).carryOut();
            terminal()
                    .line(
                            "plugin/%s %s is in use (before: %s)"
                                    .formatted(now.id(), now.version(), update.before()));
        }
        if (all && wanted.isEmpty()) {
            terminal().note("all plugins that come with this Millwright are up to date");
        }
        return ExitCode.OK;
    }
}
