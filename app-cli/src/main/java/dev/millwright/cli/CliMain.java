package dev.millwright.cli;

import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.node.PlainNodeRun;
import dev.millwright.cli.terminal.Terminal;
import java.util.List;
import java.util.Optional;

/// Where the command line begins.
public final class CliMain {
    private CliMain() {}

    public static void main(String[] arguments) {
        int code = run(Surroundings.system(), arguments);
        System.exit(code);
    }

    /// Carry out one command line; gives the exit code.
    public static int run(Surroundings around, String... arguments) {
        Optional<PlainNodeRun> agent = PlainNodeRun.of(around, List.of(arguments));
        return agent.isPresent()
                ? run(agent.get(), around.terminal())
                : CommandReader.run(around, arguments);
    }

    /// As [CommandReader] would, without its classes.
    private static int run(PlainNodeRun agent, Terminal terminal) {
        int code;
        try {
            code = agent.run();
            terminal.out().flush();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            code = CommandEnd.failed(terminal, stopped);
        } catch (RuntimeException problem) {
            code = CommandEnd.failed(terminal, problem);
        }
        terminal.err().flush();
        return code;
    }
}
