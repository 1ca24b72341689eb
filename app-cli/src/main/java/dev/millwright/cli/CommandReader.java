package dev.millwright.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.Failures;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.terminal.OutputException;
import dev.millwright.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;

/// Reads command lines, and has the command carried out that each one names.
final class CommandReader {
    private CommandReader() {}

    /// Carry out one command line; gives the exit code.
    static int run(Surroundings around, String... arguments) {
        Terminal terminal = around.terminal();
        Commands commands = new Commands(around);
        List<String> words =
                GlobalOptions.behindTheCommand(List.of(arguments), commands.names()::contains);
        CommandLine line = commandLine(around, commands, words.isEmpty() ? "" : words.getFirst());
        line.setOut(new PrintWriter(terminal.out(), true, UTF_8));
        line.setErr(new PrintWriter(terminal.err(), true, UTF_8));
        line.setColorScheme(
                CommandLine.Help.defaultColorScheme(
                        terminal.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setHelpFactory(new FittingHelp(terminal.size()));
        line.setParameterExceptionHandler((problem, _) -> misused(terminal, problem));
        line.setExecutionExceptionHandler(
                (problem, _, _) -> CommandEnd.failed(terminal, problem, arguments));
        line.setExecutionStrategy(parsed -> execute(terminal, parsed));
        int code =
                line.execute(GlobalOptions.behindAllCommands(words, line).toArray(String[]::new));
        terminal.err().flush();
        return code;
    }

    private static int execute(Terminal terminal, CommandLine.ParseResult parsed) {
        try {
            int code = new CommandLine.RunLast().execute(parsed);
            terminal.out().flush();
            return code;
        } catch (OutputException unwritable) {
            // Of help, which no command prints.
            return CommandEnd.unwritable(terminal, unwritable);
        }
    }

    /// With the one command that is wanted; with all of them when that is not plain to see. Loading
    /// all would cost every call some time.
    private static CommandLine commandLine(Surroundings around, Commands commands, String first) {
        CommandLine line = new CommandLine(new RootCommand(around));
        if (commands.has(first)) {
            line.addSubcommand(first, commands.make(first));
        } else {
            commands.names().forEach(name -> line.addSubcommand(name, commands.make(name)));
        }
        return line;
    }

    private static int misused(Terminal terminal, CommandLine.ParameterException problem) {
        CommandLine command = problem.getCommandLine();
        if (problem.getCause() instanceof CliException own) {
            return CommandEnd.say(terminal, Failures.of(own));
        }
        Misuse misuse = Misuse.of(problem);
        terminal.note(CommandEnd.error(terminal) + misuse.message());
        if (!misuse.suggestion().isEmpty()) {
            terminal.note(misuse.suggestion());
        }
        terminal.note("see: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }
}
