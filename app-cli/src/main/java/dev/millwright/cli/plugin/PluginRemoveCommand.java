package dev.millwright.cli.plugin;

import dev.millwright.api.MillwrightClient;
import dev.millwright.api.plugin.PluginList;
import dev.millwright.api.plugin.PluginView;
import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.ServerCommand;
import dev.millwright.cli.command.Surroundings;
import java.nio.file.Files;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `millwright plugin remove`.
@Command(
        name = "remove",
        description = {
            "Take a plugin out of a server on this machine; what it has under way ends first.",
            "Its settings (PLUGIN.yaml) stay."
        })
final class PluginRemoveCommand extends ServerCommand {
    @Parameters(paramLabel = "PLUGIN", description = "Its id, or the name of its file")
    private String name = "";

    PluginRemoveCommand(Surroundings around) {
        super(around);
    }

    @Override
    protected int call(MillwrightClient client, String namespace) {
        PluginView plugin = PluginFolder.find(client.plugins(), name);
        PluginFolder folder = PluginFolder.of(client, "delete %s".formatted(plugin.file()));
        folder.change(() -> {
            Files.deleteIfExists(folder.path().resolve(plugin.file()));
            Files.deleteIfExists(folder.path().resolve(plugin.file() + ".sig"));
        });
        boolean gone =
                folder.until(plugins -> isGone(plugins, plugin) && isSettled(plugins, plugin));
        if (!gone) {
            throw new CliException(
                    ExitCode.SERVER,
                    "the server does not look into %s; is it running?".formatted(folder.path()));
        }
        terminal()
                .line(
                        "plugin/%s removed"
                                .formatted(plugin.id().isEmpty() ? plugin.file() : plugin.id()));
        if (PluginFolder.isUsed(plugin)) {
            client.plugins().items().stream()
                    .filter(one -> PluginFolder.isUsed(one) && one.id().equals(plugin.id()))
                    .findFirst()
                    .ifPresent(other ->
                            terminal()
                                    .note(
                                            "version %s of it is in use now, from %s: 'millwright plugin remove %s' takes that out too"
                                                    .formatted(
                                                            other.version(),
                                                            other.file(),
                                                            other.file())));
        }
        return ExitCode.OK;
    }

    private static boolean isGone(PluginList plugins, PluginView plugin) {
        return plugins.items().stream()
                .filter(one -> one.file().equals(plugin.file()))
                .allMatch(one -> one.state().equals("stopping"));
    }

    /// Another file with the same plugin steps in.
    private static boolean isSettled(PluginList plugins, PluginView plugin) {
        List<PluginView> same =
                plugins.items().stream()
                        .filter(one -> !plugin.id().isEmpty() && one.id().equals(plugin.id()))
                        .toList();
        return same.stream().noneMatch(one -> one.state().equals("superseded"))
                || same.stream().anyMatch(PluginFolder::isUsed);
    }
}
