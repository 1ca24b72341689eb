package dev.millwright.cli.node;

import dev.millwright.api.MillwrightClient;
import dev.millwright.api.server.NewNodeToken;
import dev.millwright.api.server.NodeTokenRequest;
import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.OutputOptions;
import dev.millwright.cli.command.ServerCommand;
import dev.millwright.cli.command.Surroundings;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `millwright node token`.
@Command(
        name = "token",
        description = "Print the line that makes one machine a node when it is pasted there")
final class NodeTokenCommand extends ServerCommand {
    private static final Pattern HERE =
            Pattern.compile("--server (localhost|127\\.[0-9.]+|\\[::1]):");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What the node will be called (default: as its machine)")
    private String name = "";

    @Option(names = "--labels", paramLabel = "A=B,...", description = "Labels that the node gets")
    private String labels = "";

    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            description = "How long the line can be used, at most 7d (default: 15m)")
    private String ttl = "15m";

    @Mixin private OutputOptions output = new OutputOptions();

    NodeTokenCommand(Surroundings around) {
        super(around);
    }

    @Override
    protected int call(MillwrightClient client, String namespace) {
        NewNodeToken made = client.createNodeToken(new NodeTokenRequest(name, labels(labels), ttl));
        output.one(terminal(), made, () -> terminal().line(line(made)), "node-token/" + made.id());
        terminal()
                .note(
                        "Paste this line on one machine, until %s; keep it secret until then."
                                .formatted(made.expiresAt().truncatedTo(ChronoUnit.SECONDS)));
        if (HERE.matcher(made.command()).find()) {
            terminal()
                    .note(
                            "It works on the server's own machine only: set 'link.address' (and"
                                    + " 'link.bind-address') for others to reach it.");
        }
        return ExitCode.OK;
    }

    /// A node that the token gives no name is called as its machine.
    private String line(NewNodeToken made) {
        return name.isEmpty() ? made.command() + " --name \"$(hostname -s)\"" : made.command();
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String pair : text.isBlank() ? new String[0] : text.split(",", -1)) {
            int middle = pair.indexOf('=');
            if (middle < 1) {
                throw CliException.usage(
                        "--labels '%s' is not of the form A=B,C=D".formatted(text));
            }
            labels.put(pair.substring(0, middle).strip(), pair.substring(middle + 1).strip());
        }
        return labels;
    }
}
