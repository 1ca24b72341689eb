package dev.millwright.cli.local;

import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.command.TextFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/// The options that give a local run the secrets that a server would read from stores. One thread.
final class SecretOptions {
    @Option(
            names = "--secret",
            paramLabel = "SECRET=VALUE",
            description =
                    "Value of a secret, named as in from_secret (STORE/PATH#KEY); may be repeated. "
                            + "Others see it in the list of processes: prefer a file or a variable")
    private List<String> pairs = new ArrayList<>();

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description = "A file with lines SECRET=VALUE; may be repeated")
    private List<String> files = new ArrayList<>();

    /// What was given, by the names of `from_secret`. What stands on the command line counts most.
    Map<String, String> values(Surroundings around) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String file : files) {
            int number = 0;
            for (String line : text(around, file).lines().toList()) {
                number++;
                if (!line.isBlank() && !line.startsWith("#")) {
                    put(values, line, "%s:%d".formatted(file, number));
                }
            }
        }
        pairs.forEach(pair -> put(values, pair, "--secret"));
        return values;
    }

    private static String text(Surroundings around, String file) {
        try {
            return TextFile.read(around.directory().resolve(file), file);
        } catch (IOException unreadable) {
            throw CliException.usage("the secrets in %s cannot be read".formatted(file));
        }
    }

    /// What is malformed may be a secret, so it is not repeated.
    private static void put(Map<String, String> values, String pair, String place) {
        int middle = pair.indexOf('=');
        if (middle < 1 || middle == pair.length() - 1) {
            throw CliException.usage(place + ": a secret is given as STORE/PATH#KEY=VALUE");
        }
        String name = pair.substring(0, middle).strip();
        if (!name.contains("/")) {
            throw CliException.usage(
                    "%s: '%s' is no name of a secret; write it as in from_secret: STORE/PATH#KEY"
                            .formatted(place, name));
        }
        values.put(name, pair.substring(middle + 1));
    }
}
