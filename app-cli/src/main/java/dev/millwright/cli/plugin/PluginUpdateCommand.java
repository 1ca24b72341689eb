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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    @Parameters(
            paramLabel = "PLUGIN",
            arity = "0..*",
            description = "Ids or files of installed plugins")
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
        Set<String> ids = new HashSet<>();
        for (String name : named) {
            PluginView used = requireUsed(plugins, name);
            ids.add(used.id());
            if (updates.stream().noneMatch(update -> update.used().equals(used))) {
                terminal().note("plugin/%s: there is no newer one".formatted(used.id()));
            }
            if (!used.reason().isEmpty()) {
                terminal().note("its file is not in use: " + used.reason());
            }
        }
        List<Update> wanted =
                updates.stream().filter(update -> all || ids.contains(update.used().id())).toList();
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

    private static PluginView requireUsed(PluginList plugins, String name) {
        boolean comes = BundledPlugins.find().file(name).isPresent();
        String install = "'millwright plugin install %s' installs it".formatted(name);
        if (comes && plugins.items().stream().noneMatch(one -> one.id().equals(name))) {
            throw CliException.notFound(
                    "the server has no plugin '%s'; %s".formatted(name, install));
        }
        PluginView found = PluginFolder.find(plugins, name);
        if (!PluginFolder.isUsed(found)) {
            throw CliException.notFound(
                    "plugin '%s' is not in use: %s%s"
                            .formatted(name, found.reason(), comes ? "; " + install : ""));
        }
        return found;
    }
}
