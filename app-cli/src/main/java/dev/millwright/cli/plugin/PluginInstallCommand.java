package dev.millwright.cli.plugin;

import dev.millwright.api.MillwrightClient;
import dev.millwright.api.plugin.PluginView;
import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.ServerCommand;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.host.bundled.PluginBundle;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `millwright plugin install`.
@Command(
        name = "install",
        description = {
            "Put a plugin into a server on this machine, or replace it by another version.",
            "A signature beside it (FILE.sig) goes with it. Waits until the server uses it.",
            "'plugin list' names those that come with Millwright."
        })
final class PluginInstallCommand extends ServerCommand {
    @Parameters(
            paramLabel = "NAME|FILE",
            description = "The name of one that comes with Millwright, or a jar or zip")
    private String plugin = "";

    @Option(names = "--force", description = "Even when the server uses a newer version")
    private boolean force;

    PluginInstallCommand(Surroundings around) {
        super(around);
    }

    @Override
    protected int call(MillwrightClient client, String namespace) {
        PluginBundle bundle = PluginBundle.of(file());
        Installation installation = new Installation(client, bundle);
        installation
                .used()
                .map(PluginView::version)
                .filter(version -> !force && bundle.isOlderThan(version))
                .ifPresent(version -> {
                    throw CliException.usage(
                            "plugin/%s %s is older than %s, which is in use; --force puts it there all the same"
                                    .formatted(bundle.id(), bundle.version(), version));
                });
        PluginView used = installation.carryOut();
        terminal()
                .line(
                        "plugin/%s %s is in use: %s"
                                .formatted(used.id(), used.version(), PluginTable.offers(used)));
        return ExitCode.OK;
    }

    private Path file() {
        if (BundledFiles.isName(plugin)) {
            return BundledFiles.require(plugin);
        }
        Path file = around.directory().resolve(plugin);
        if (!Files.exists(file)) {
            throw CliException.usage("there is no file %s".formatted(plugin));
        }
        return file;
    }
}
