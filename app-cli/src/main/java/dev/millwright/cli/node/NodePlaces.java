package dev.millwright.cli.node;

import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.Surroundings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What `node join` and `node run` both want to know. One thread.
final class NodePlaces {
    private static final Path OF_ROOT = Path.of("/var/lib/millwright-node");

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description =
                    "The node's own folder (MILLWRIGHT_NODE_ROOT; default: ~/.millwright/node, for "
                            + "root /var/lib/millwright-node). Each agent on a machine needs its own.")
    private @Nullable String root;

    @Option(
            names = "--labels",
            paramLabel = "KEY=VALUE,...",
            description = "What steps can ask for in 'needs' (MILLWRIGHT_NODE_LABELS)")
    private @Nullable String labels;

    /// Take the value of an option; false when there is no such option here.
    boolean set(String option, String value) {
        switch (option) {
            case "--root" -> root = value;
            case "--labels" -> labels = value;
            default -> {
                return false;
            }
        }
        return true;
    }

    Path root(Surroundings around) {
        Optional<String> given = value(root, "ROOT", around);
        if (given.isPresent()) {
            return around.directory().resolve(given.get()).toAbsolutePath().normalize();
        }
        if (System.getProperty("user.name", "").equals("root")) {
            return OF_ROOT;
        }
        String home =
                around.variable("HOME").orElse(System.getProperty("user.home", "/nonexistent"));
        return Path.of(home, ".millwright", "node");
    }

    Map<String, String> labels(Surroundings around) {
        Map<String, String> parsed = new TreeMap<>();
        for (String label : value(labels, "LABELS", around).orElse("").split(",", -1)) {
            int equals = label.indexOf('=');
            if (equals > 0) {
                parsed.put(label.substring(0, equals).strip(), label.substring(equals + 1).strip());
            } else if (!label.isBlank()) {
                throw CliException.usage(
                        "'%s' is not a label; labels look like zone=a".formatted(label));
            }
        }
        return parsed;
    }

    /// What was given on the command line, or else in the environment.
    ///
    /// @param name of the variable, without `MILLWRIGHT_NODE_`
    static Optional<String> value(@Nullable String given, String name, Surroundings around) {
        return given == null ? around.variable(variable(name)) : Optional.of(given);
    }

    /// The variable of the environment with that name.
    static String variable(String name) {
        return "MILLWRIGHT_NODE_" + name;
    }
}
