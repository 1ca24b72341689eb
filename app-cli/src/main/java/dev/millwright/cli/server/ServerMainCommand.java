package dev.millwright.cli.server;

import dev.millwright.cli.command.BaseCommand;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.launch.Launcher;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `millwright server`, which the launcher script usually carries out itself.
@Command(name = "server", description = "Run the server and nothing else, as a service does")
public final class ServerMainCommand extends BaseCommand {
    @Parameters(
            paramLabel = "--KEY=VALUE",
            arity = "0..*",
            description = "Configuration keys; see 'millwright config show'")
    private List<String> arguments = new ArrayList<>();

    public ServerMainCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        List<String> command = new ArrayList<>(List.of("server"));
        command.addAll(arguments);
        return Launcher.require().run(command);
    }
}
