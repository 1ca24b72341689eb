package dev.millwright.cli.command;

import dev.millwright.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/// A command. Called once, on one thread; its answer is the exit code.
public abstract class BaseCommand implements Callable<Integer> {
    protected final Surroundings around;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help")
    @SuppressWarnings("UnusedVariable") // picocli only wants to know that it is there
    private boolean help;

    protected BaseCommand(Surroundings around) {
        this.around = around;
    }

    protected final Terminal terminal() {
        return around.terminal();
    }
}
