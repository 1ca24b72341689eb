package dev.millwright.cli.local;

import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.TextFile;
import dev.millwright.engine.yaml.Includes;
import dev.millwright.engine.yaml.Mark;
import dev.millwright.engine.yaml.PipelineReader;
import dev.millwright.engine.yaml.Problem;
import dev.millwright.engine.yaml.ReadResult;
import dev.millwright.host.format.ForeignFile;
import dev.millwright.host.format.Translation;
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

    /// What is wrong with a file, and what was perhaps meant otherwise, or of a file of another
    /// system is left out.
    record Linted(List<Problem> problems, List<String> warnings) {
        Linted {
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }
    }

    PipelineFile(Path directory, String name) {
        this(directory, name, null);
    }

    /// Where pipeline files usually are: Millwright's own, else the one of another system. Throws
    /// [CliException] when there is none.
    static List<PipelineFile> usual(Path directory, LocalFormats formats) {
        List<PipelineFile> own = own(directory);
        if (!own.isEmpty()) {
            return own;
        }
        return formats.usual(file -> text(directory.resolve(file), file))
                .map(found -> List.of(new PipelineFile(directory, found.path())))
                .orElseThrow(() ->
                        CliException.notFound(
                                Files.isDirectory(directory.resolve(FOLDER))
                                        ? "there is no .yaml file in " + directory.resolve(FOLDER)
                                        : "there is no .millwright.yaml and no .millwright/*.yaml in "
                                                + directory));
    }

    private static List<PipelineFile> own(Path directory) {
        for (String name : USUAL) {
            if (Files.isRegularFile(directory.resolve(name))) {
                return List.of(new PipelineFile(directory, name));
            }
        }
        if (!Files.isDirectory(directory.resolve(FOLDER))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory.resolve(FOLDER))) {
            return files.map(path -> FOLDER + "/" + path.getFileName())
                    .filter(name -> name.matches(".*\\.ya?ml"))
                    .sorted()
                    .map(name -> new PipelineFile(directory, name))
                    .toList();
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
    Linted lint(LocalFormats formats) {
        Optional<ForeignFile> foreign = foreign(formats);
        if (foreign.isPresent()) {
            FileReading read = translated(formats, foreign.get(), "");
            return new Linted(
                    read.result() instanceof ReadResult.Invalid(List<Problem> found)
                            ? found
                            : List.of(),
                    read.warnings());
        }
        PipelineReader reader = PipelineReader.create();
        List<Problem> problems =
                isUsual()
                        ? reader.lint(name, text(), includes())
                        : reader.lintIncluded(name, text(), includes());
        return new Linted(
                problems.stream().map(problem -> placed(problem, List.of(name))).toList(),
                reader.doubts(name, text(), includes()).stream()
                        .map(doubt -> "warning: " + placed(doubt, List.of(name)).line())
                        .toList());
    }

    private Optional<ForeignFile> foreign(LocalFormats formats) {
        return given == null ? formats.named(name) : Optional.empty();
    }

    private FileReading translated(LocalFormats formats, ForeignFile file, String pipeline) {
        Translation read = formats.read(file, text(), pipeline, includes());
        return new FileReading(
                placed(read.result(), List.of(name)),
                read.warnings().stream().map(warning -> name + ", " + warning).toList());
    }

    private boolean isUsual() {
        Path path = path().toAbsolutePath().normalize();
        Path home = path.getParent();
        return USUAL.contains(path.getFileName().toString())
                || (home != null && home.endsWith(FOLDER));
    }

    /// @param pipeline its name, for files that hold several
    FileReading read(LocalFormats formats, String pipeline) {
        return foreign(formats)
                .map(file -> translated(formats, file, pipeline))
                .orElseGet(() ->
                        new FileReading(
                                placed(
                                        PipelineReader.create().read(name, text(), includes()),
                                        List.of(name))));
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
        String file = path().getFileName().toString().replaceFirst("\\.(ya?ml|json)$", "");
        return file.startsWith(".") ? directoryName() : file;
    }

    String directoryName() {
        Path parent = directory.toAbsolutePath().normalize().getFileName();
        return parent == null ? "local" : parent.toString();
    }
}
