package dev.millwright.cli;

import dev.millwright.cli.launch.TerminalSize;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;

/// Makes help as wide as the terminal, which is asked only when help is wanted.
///
/// @param size of the terminal
record FittingHelp(Supplier<TerminalSize> size) implements CommandLine.IHelpFactory {
    /// What picocli can do with.
    private static final int NARROWEST = 55;

    private static final int WIDEST = 100;

    @Override
    public Help create(CommandSpec command, Help.ColorScheme colours) {
        command.usageMessage().width(Math.clamp(size.get().columns(), NARROWEST, WIDEST));
        return new Help(command, colours);
    }
}
