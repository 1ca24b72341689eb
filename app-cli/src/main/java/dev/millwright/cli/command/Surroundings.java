package dev.millwright.cli.command;

import dev.millwright.cli.terminal.Terminal;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What a command finds around itself; tests bring their own.
///
/// @param directory the current directory
public record Surroundings(
        Terminal terminal, InputStream in, Map<String, String> environment, Path directory) {
    public Surroundings {
        environment = Map.copyOf(environment);
    }

    public static Surroundings system() {
        Map<String, String> environment = System.getenv();
        return new Surroundings(
                Terminal.system(environment), System.in, environment, Path.of("").toAbsolutePath());
    }

    /// A variable of the environment; a blank one counts as not set.
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
