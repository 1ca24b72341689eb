package dev.millwright.cli;

import dev.millwright.cli.command.BaseCommand;
import dev.millwright.cli.command.ClientVersion;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// `millwright` without a command.
@Command(
        name = "millwright",
        synopsisSubcommandLabel = "COMMAND",
        header = "Runs pipelines, durably, and shows them live.",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "--server URL, --key KEY, --context NAME and -n NAMESPACE may stand before or behind a "
                    + "command that asks a server.",
            "",
            "Environment:",
            "  MILLWRIGHT_SERVER     address of the server",
            "  MILLWRIGHT_KEY        access key; a server on this machine is asked without",
            "  MILLWRIGHT_NAMESPACE  namespace to work in",
            "  NO_COLOR              no colours and nothing that moves",
            "",
            "Exit codes: 0 ok, 1 run failed, 2 usage, 3 not found, 4 not allowed, 5 server,",
            "  124 timeout, 130 interrupted",
            "",
            "New here? Try: millwright demo"
        })
final class RootCommand extends BaseCommand {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Print all that is known about an error")
    @SuppressWarnings("UnusedVariable") // looked for where errors are printed
    private boolean debug;

    @Option(
            names = {"-V", "--version"},
            description = "Print the version")
    private boolean version;

    RootCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        if (version) {
            terminal().line("millwright " + ClientVersion.text());
        } else {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
        return ExitCode.OK;
    }
}
