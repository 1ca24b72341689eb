package dev.millwright.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.Failures;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.terminal.Style;
import dev.millwright.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Where the command line begins.
public final class CliMain {
    private CliMain() {}

    public static void main(String[] arguments) {
        int code = run(Surroundings.system(), arguments);
        System.exit(code);
    }

    /// Carry out one command line; gives the exit code.
    public static int run(Surroundings around, String... arguments) {
        Terminal terminal = around.terminal();
        CommandLine line = commandLine(around, List.of(arguments));
        line.setOut(new PrintWriter(terminal.out(), true, UTF_8));
        line.setErr(new PrintWriter(terminal.err(), true, UTF_8));
        line.setColorScheme(
                CommandLine.Help.defaultColorScheme(
                        terminal.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpWidth(100);
        line.setParameterExceptionHandler((problem, _) -> misused(terminal, problem));
        line.setExecutionExceptionHandler((problem, _, _) -> failed(terminal, problem, arguments));
        int code = line.execute(arguments);
        terminal.out().flush();
        terminal.err().flush();
        return code;
    }

    /// With the one command that is wanted; with all of them when that is not plain to see. Loading
    /// all would cost every call some time.
    private static CommandLine commandLine(Surroundings around, List<String> arguments) {
        CommandLine line = new CommandLine(new RootCommand(around));
        Commands commands = new Commands(around);
        String first = arguments.isEmpty() ? "" : arguments.getFirst();
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
            return say(terminal, Failures.of(own));
        }
        terminal.note(error(terminal) + message(problem));
        List<String> close = suggestions(problem);
        if (!close.isEmpty()) {
            terminal.note("did you mean " + String.join(" or ", close) + "?");
        }
        terminal.note("see: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private static String message(CommandLine.ParameterException problem) {
        boolean atRoot = problem.getCommandLine().getParent() == null;
        if (atRoot && problem instanceof CommandLine.UnmatchedArgumentException unmatched) {
            return "there is no command '%s'".formatted(unmatched.getUnmatched().getFirst());
        }
        ArgSpec place = problem.getArgSpec();
        String value = problem.getValue();
        return place != null && value != null && place.type().isEnum()
                ? notAWord(place, value)
                : String.valueOf(problem.getMessage());
    }

    private static String notAWord(ArgSpec place, String value) {
        String name = place instanceof OptionSpec option ? option.longestName() + " " : "";
        return "%s'%s' is unknown; known are %s"
                .formatted(name, value, String.join(", ", place.completionCandidates()));
    }

    private static List<String> suggestions(CommandLine.ParameterException problem) {
        return problem instanceof CommandLine.UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions().stream()
                        .limit(2)
                        .map(text -> "'" + text + "'")
                        .toList()
                : List.of();
    }

    private static int failed(Terminal terminal, Exception problem, String... arguments) {
        if (Arrays.asList(arguments).contains("--debug")) {
            problem.printStackTrace(terminal.err());
        }
        return say(terminal, Failures.of(problem));
    }

    private static int say(Terminal terminal, Failures failure) {
        terminal.out().flush();
        terminal.note(error(terminal) + failure.message());
        if (!failure.hint().isEmpty()) {
            terminal.note(failure.hint());
        }
        return failure.exitCode();
    }

    private static String error(Terminal terminal) {
        return terminal.paint(Style.BOLD_RED, "error: ");
    }
}
