package dev.millwright.cli.local;

import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.TextFile;
import dev.millwright.engine.yaml.Includes;
import dev.millwright.engine.yaml.Mark;
import dev.millwright.engine.yaml.PipelineReader;
import dev.millwright.engine.yaml.Problem;
import dev.millwright.engine.yaml.ReadResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A pipeline file in a directory.
///
/// @param directory the current directory
/// @param name as the user wrote it, for messages
/// @param given its text when it is on no disk, as from standard input
record PipelineFile(Path directory, String name, @Nullable String given) {
    private static final List<String> USUAL = List.of(".millwright.yaml", ".millwright.yml");
    private static final String FOLDER = ".millwright";

    PipelineFile(Path directory, String name) {
        this(directory, name, null);
    }

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
        return Optional.ofNullable(given)
                .or(() -> text(path(), name))
                .orElseThrow(() -> CliException.notFound("no such file: " + name));
    }

    private static Optional<String> text(Path path, String file) {
        try {
            return Files.isRegularFile(path)
                    ? Optional.of(TextFile.read(path, file))
                    : Optional.empty();
        } catch (IOException unreadable) {
            throw CliException.usage(
                    "%s cannot be read: %s".formatted(file, unreadable.getMessage()));
        }
    }

    /// All that is wrong with it. What does not lie where pipelines lie may also be a list of steps
    /// for others to include.
    List<Problem> lint() {
        PipelineReader reader = PipelineReader.create();
        List<Problem> problems =
                isUsual()
                        ? reader.lint(name, text(), includes())
                        : reader.lintIncluded(name, text(), includes());
        return problems.stream().map(problem -> placed(problem, List.of(name))).toList();
    }

    private boolean isUsual() {
        Path path = path().toAbsolutePath().normalize();
        Path home = path.getParent();
        return USUAL.contains(path.getFileName().toString())
                || (home != null && home.endsWith(FOLDER));
    }

    ReadResult read() {
        return placed(PipelineReader.create().read(name, text(), includes()), List.of(name));
    }

    /// Name the included files that something is wrong with as one finds them from here.
    ///
    /// @param own the files that the user named
    ReadResult placed(ReadResult result, List<String> own) {
        return switch (result) {
            case ReadResult.Read read -> read;
            case ReadResult.Invalid(List<Problem> problems) ->
                    new ReadResult.Invalid(
                            problems.stream().map(problem -> placed(problem, own)).toList());
        };
    }

    private Problem placed(Problem problem, List<String> own) {
        Mark mark = problem.mark();
        if (mark.line() == 0 || own.contains(mark.file())) {
            return problem;
        }
        Path here = directory.toAbsolutePath().normalize();
        String file = here.relativize(root().resolve(mark.file())).toString();
        return new Problem(
                new Mark(file, mark.line(), mark.column()),
                problem.offending(),
                problem.message(),
                problem.suggestion(),
                problem.source());
    }

    /// Files that the pipeline may include; as on a server, they count from the repository's root.
    Includes includes() {
        Path root = root();
        return file -> text(root.resolve(file), file);
    }

    /// The repository's root: the nearest folder above that holds `.git`. Without a repository the
    /// folder that a repository of this file alone would have as its root.
    private Path root() {
        Path home = path().toAbsolutePath().normalize().getParent();
        for (Path at = home; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"))) {
                return at;
            }
        }
        if (home == null) {
            return directory.toAbsolutePath();
        }
        Path above = home.getParent();
        return home.endsWith(FOLDER) && above != null ? above : home;
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
