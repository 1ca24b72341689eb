package dev.millwright.cli.local;

import dev.millwright.cli.command.CliException;
import dev.millwright.engine.yaml.Includes;
import dev.millwright.engine.yaml.PipelineReader;
import dev.millwright.engine.yaml.ReadResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A pipeline file in a directory.
///
/// @param directory what includes are relative to: the root of the repository, or else the current
///   directory
/// @param name as the user wrote it, for messages
record PipelineFile(Path directory, String name) {
    private static final List<String> USUAL = List.of(".millwright.yaml", ".millwright.yml");
    private static final String FOLDER = ".millwright";

    /// Where pipeline files usually are.
    static List<PipelineFile> usual(Path directory) {
        for (String name : USUAL) {
            if (Files.isRegularFile(directory.resolve(name))) {
                return List.of(new PipelineFile(directory, name));
            }
        }
        if (!Files.isDirectory(directory.resolve(FOLDER))) {
            throw CliException.notFound(
                    "there is no .millwright.yaml and no .millwright/*.yaml in " + directory);
        }
        try (Stream<Path> files = Files.list(directory.resolve(FOLDER))) {
            List<PipelineFile> found =
                    files.map(path -> FOLDER + "/" + path.getFileName())
                            .filter(name -> name.matches(".*\\.ya?ml"))
                            .sorted()
                            .map(name -> new PipelineFile(directory, name))
                            .toList();
            if (found.isEmpty()) {
                throw CliException.notFound(
                        "there is no .yaml file in " + directory.resolve(FOLDER));
            }
            return found;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Path path() {
        return directory.resolve(name);
    }

    String text() {
        return text(name).orElseThrow(() -> CliException.notFound("no such file: " + name));
    }

    private Optional<String> text(String file) {
        try {
            Path path = directory.resolve(file);
            return Files.isRegularFile(path)
                    ? Optional.of(Files.readString(path))
                    : Optional.empty();
        } catch (IOException unreadable) {
            throw CliException.usage(
                    "%s cannot be read: %s".formatted(file, unreadable.getMessage()));
        }
    }

    ReadResult read() {
        return PipelineReader.create().read(name, text(), includes());
    }

    /// Files that the pipeline may include.
    Includes includes() {
        return this::text;
    }

    /// The pipeline's name: that of its file, or of its directory when the file has none of its
    /// own.
    String pipelineName() {
        String file = path().getFileName().toString().replaceFirst("\\.ya?ml$", "");
        return file.startsWith(".") ? directoryName() : file;
    }

    String directoryName() {
        Path parent = directory.toAbsolutePath().normalize().getFileName();
        return parent == null ? "local" : parent.toString();
    }
}
