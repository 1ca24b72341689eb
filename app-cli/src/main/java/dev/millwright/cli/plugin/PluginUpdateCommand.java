package dev.millwright.cli.plugin;

import dev.millwright.api.MillwrightClient;
import dev.millwright.api.plugin.PluginList;
import dev.millwright.api.plugin.PluginView;
import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.ServerCommand;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.host.bundled.BundledPlugins;
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
        PluginList plugins = client.plugins();
        List<Update> updates = Update.of(plugins.items());
        for (String id : named) {
            PluginView used = requireUsed(plugins, id);
            if (updates.stream().noneMatch(update -> update.used().id().equals(id))) {
                terminal().note("plugin/%s: there is no newer one".formatted(id));
            }
            if (!used.reason().isEmpty()) {
                terminal().note("its file is not in use: " + used.reason());
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

    private static PluginView requireUsed(PluginList plugins, String id) {
        boolean comes = BundledPlugins.find().file(id).isPresent();
        String install = "'millwright plugin install %s' installs it".formatted(id);
        if (comes && plugins.items().stream().noneMatch(one -> one.id().equals(id))) {
            throw CliException.notFound("the server has no plugin '%s'; %s".formatted(id, install));
        }
        PluginView found = PluginFolder.find(plugins, id);
        if (!PluginFolder.isUsed(found)) {
            throw CliException.notFound(
                    "plugin '%s' is not in use: %s%s"
                            .formatted(id, found.reason(), comes ? "; " + install : ""));
        }
        return found;
    }
}
