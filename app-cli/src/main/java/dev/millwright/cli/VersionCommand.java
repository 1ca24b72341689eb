package dev.millwright.cli;

import dev.millwright.api.ApiException;
import dev.millwright.api.MillwrightClient;
import dev.millwright.api.server.VersionView;
import dev.millwright.cli.command.BaseCommand;
import dev.millwright.cli.command.ClientVersion;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.OutputOptions;
import dev.millwright.cli.command.ServerOptions;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.terminal.Style;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `millwright version`.
@Command(name = "version", description = "Print the version of this command and of the server")
final class VersionCommand extends BaseCommand {
    @Option(names = "--client", description = "Do not ask the server")
    private boolean clientOnly;

    @Mixin private ServerOptions server = new ServerOptions();
    @Mixin private OutputOptions output = new OutputOptions();

    /// Both versions; the server's is missing when it cannot be reached.
    record Versions(String client, String java, @Nullable VersionView server) {}

    VersionCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        String java = Runtime.version().toString();
        Optional<VersionView> found = clientOnly ? Optional.empty() : ask();
        output.one(
                terminal(),
                new Versions(ClientVersion.text(), java, found.orElse(null)),
                () -> {
                    terminal().line("client  %s  (java %s)".formatted(ClientVersion.text(), java));
                    if (!clientOnly) {
                        terminal().line("server  " + found.map(this::text).orElseGet(this::none));
                    }
                },
                ClientVersion.text());
        return ExitCode.OK;
    }

    private String text(VersionView version) {
        return "%s  (java %s) at %s"
                .formatted(version.version(), version.java(), server.server(around));
    }

    private String none() {
        return terminal().paint(Style.DIM, "none at " + server.server(around));
    }

    private Optional<VersionView> ask() {
        try (MillwrightClient client = server.connect(around)) {
            return Optional.of(client.version());
        } catch (ApiException unreachable) {
            return Optional.empty();
        }
    }
}
