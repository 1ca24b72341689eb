package dev.millwright.cli.resource;

import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.command.TextFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A file with resources, as it lies on the disk or came through standard input.
///
/// @param name as the user wrote it, for messages
record ResourceText(String name, String text) {
    private static final String INPUT = "(input)";

    /// Read what `-f` names: files, directories (every YAML and JSON file below), or `-`.
    static List<ResourceText> read(List<String> places, Surroundings around) {
        List<ResourceText> found = new ArrayList<>();
        try {
            for (String place : places) {
                if (place.equals("-")) {
                    found.add(
                            new ResourceText(
                                    INPUT, TextFile.text(INPUT, around.in().readAllBytes())));
                } else {
                    read(place, around.directory().resolve(place), found);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return found;
    }

    private static void read(String place, Path path, List<ResourceText> found) throws IOException {
        if (!Files.exists(path)) {
            throw CliException.notFound("no such file or directory: " + place);
        }
        if (!Files.isDirectory(path)) {
            found.add(new ResourceText(place, TextFile.read(path, place)));
            return;
        }
        List<Path> files;
        try (Stream<Path> below = Files.walk(path)) {
            files =
                    below.filter(Files::isRegularFile)
                            .filter(file -> file.toString().matches(".*\\.(ya?ml|json)"))
                            .filter(file -> !isHidden(path.relativize(file)))
                            .sorted()
                            .toList();
        }
        if (files.isEmpty()) {
            throw CliException.notFound("no .yaml, .yml or .json file in " + place);
        }
        for (Path file : files) {
            String name = Path.of(place).resolve(path.relativize(file)).toString();
            found.add(new ResourceText(name, TextFile.read(file, name)));
        }
    }

    private static boolean isHidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }
}
