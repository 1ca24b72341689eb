package dev.millwright.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import picocli.CommandLine.Option;

/// The option that gives a pipeline its inputs. One thread.
public final class InputOptions {
    // Pairs that picocli takes apart itself lose their quotes, or bring warnings about them.
    @Option(
            names = {"-i", "--input"},
            paramLabel = "NAME=VALUE",
            description = "Value of an input; may be repeated")
    private List<String> pairs = new ArrayList<>();

    /// The values by name, each just as it was written.
    public SequencedMap<String, String> values() {
        SequencedMap<String, String> values = new LinkedHashMap<>();
        for (String pair : pairs) {
            int middle = pair.indexOf('=');
            if (middle < 1) {
                throw CliException.usage(
                        "--input '%s' is not of the form NAME=VALUE".formatted(pair));
            }
            values.put(pair.substring(0, middle), pair.substring(middle + 1));
        }
        return values;
    }
}
