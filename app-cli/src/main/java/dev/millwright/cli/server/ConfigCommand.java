package dev.millwright.cli.server;

import dev.millwright.cli.command.BaseCommand;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.launch.Launcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `millwright config`. The server reads its own configuration; this only asks it to.
@Command(name = "config", description = "Show or check the configuration that a server would use")
public final class ConfigCommand extends BaseCommand {
    /// What to do.
    enum Verb {
        SHOW,
        CHECK;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "show|check",
            description = "Default: show")
    private Verb verb = Verb.SHOW;

    @Option(names = "--origin", description = "Say where each value comes from")
    private boolean origin;

    @Option(names = "--config", paramLabel = "FILE", description = "The file to read")
    private @Nullable String config;

    public ConfigCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        List<String> command = new ArrayList<>(List.of("server", "config", verb.toString()));
        if (origin) {
            command.add("--origin");
        }
        String file = config;
        if (file != null) {
            command.add("--config");
            command.add(file);
        }
        return Launcher.require().run(command);
    }
}
