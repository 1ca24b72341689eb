package dev.millwright.cli;

import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.Failures;
import dev.millwright.cli.terminal.OutputException;
import dev.millwright.cli.terminal.Style;
import dev.millwright.cli.terminal.Terminal;
import java.util.Arrays;

/// Says what went wrong with a command, and gives the exit code for it.
final class CommandEnd {
    private CommandEnd() {}

    /// A reader such as `head` that has seen enough is nothing wrong.
    static int unwritable(Terminal terminal, OutputException problem) {
        if (problem.isClosed()) {
            return ExitCode.OK;
        }
        terminal.note(error(terminal) + problem.getMessage());
        return ExitCode.SERVER;
    }

    static int failed(Terminal terminal, Exception problem, String... arguments) {
        if (problem instanceof OutputException unwritable) {
            return unwritable(terminal, unwritable);
        }
        if (Arrays.asList(arguments).contains("--debug")) {
            problem.printStackTrace(terminal.err());
        }
        return say(terminal, Failures.of(problem));
    }

    static int say(Terminal terminal, Failures failure) {
        terminal.out().flush();
        terminal.note(error(terminal) + failure.message());
        if (!failure.hint().isEmpty()) {
            terminal.note(failure.hint());
        }
        return failure.exitCode();
    }

    static String error(Terminal terminal) {
        return terminal.paint(Style.BOLD_RED, "error: ");
    }
}
