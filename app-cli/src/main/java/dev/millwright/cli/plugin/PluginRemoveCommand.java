package dev.millwright.cli.plugin;

import dev.millwright.api.MillwrightClient;
import dev.millwright.api.plugin.PluginView;
import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.ServerCommand;
import dev.millwright.cli.command.Surroundings;
import java.nio.file.Files;
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
                folder.until(plugins ->
                        plugins.items().stream()
                                .filter(one -> one.file().equals(plugin.file()))
                                .allMatch(one -> one.state().equals("stopping")));
        if (!gone) {
            throw new CliException(
                    ExitCode.SERVER,
                    "the server does not look into %s; is it running?".formatted(folder.path()));
        }
        terminal()
                .line(
                        "plugin/%s removed"
                                .formatted(plugin.id().isEmpty() ? plugin.file() : plugin.id()));
        return ExitCode.OK;
    }
}
