package dev.millwright.cli.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// The options that say how files of other systems are read. One thread.
final class FormatOptions {
    @Option(
            names = "--plugin",
            paramLabel = "NAME|FILE",
            description = "A plugin that reads files of other systems; may be repeated")
    private List<String> plugins = new ArrayList<>();

    /// What reads them; to be closed.
    LocalFormats formats(Path directory) {
        return LocalFormats.of(directory, plugins);
    }
}
