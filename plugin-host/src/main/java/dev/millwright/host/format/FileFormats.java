package dev.millwright.host.format;

import dev.millwright.engine.binding.SecretSource;
import dev.millwright.engine.yaml.Includes;
import dev.millwright.engine.yaml.Mark;
import dev.millwright.engine.yaml.PipelineReader;
import dev.millwright.engine.yaml.Problem;
import dev.millwright.engine.yaml.ReadResult;
import dev.millwright.host.Extensions;
import dev.millwright.host.call.BoundFormat;
import dev.millwright.host.use.PluginCallException;
import dev.millwright.host.use.Point;
import dev.millwright.host.use.Use;
import dev.millwright.model.MillwrightException;
import dev.millwright.model.Parameters;
import dev.millwright.model.Payload;
import dev.millwright.plugin.format.FormatResult;
import dev.millwright.plugin.format.PipelineFile;
import dev.millwright.plugin.format.PipelineFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reads pipeline files of other systems with the formats of plugins. Whatever a format does, the
/// caller gets a [Translation] in time, or a [FormatException].
///
/// Called from any thread.
public final class FileFormats {
    static final int LARGEST_FILE = 256 * 1024;

    private static final List<String> OWN = List.of(".millwright.yaml", ".millwright.yml");
    private static final String OWN_FOLDER = ".millwright";

    private final Extensions extensions;
    private final SecretSource secrets;
    private final ClaimedPaths claimed = new ClaimedPaths();

    private FileFormats(Extensions extensions, SecretSource secrets) {
        this.extensions = extensions;
        this.secrets = secrets;
    }

    public static FileFormats of(Extensions extensions, SecretSource secrets) {
        return new FileFormats(extensions, secrets);
    }

    /// The file as one of another system, when a format reads files of that name; Millwright's own
    /// names stay its own. Throws [FormatException] when two formats do.
    public Optional<ForeignFile> named(String path) throws InterruptedException {
        if (isOwn(path)) {
            return Optional.empty();
        }
        List<ForeignFile> found = new ArrayList<>();
        for (Use<PipelineFormat<?>> format : extensions.all(Point.FORMAT)) {
            if (claimed.of(format, secrets).stream().anyMatch(place -> isAt(path, place))) {
                found.add(new ForeignFile(path, format));
            }
        }
        return one(found, "'%s' is read by several formats: ".formatted(path));
    }

    /// The only file of another system in a repository that has none of Millwright's own; empty
    /// when there is none. Throws [FormatException] when there are several: nobody says which.
    public Optional<ForeignFile> usual(Includes files) throws InterruptedException {
        List<ForeignFile> found = new ArrayList<>();
        for (Use<PipelineFormat<?>> format : extensions.all(Point.FORMAT)) {
            claimed.of(format, secrets).stream()
                    .filter(place -> !isOwn(place) && files.text(place).isPresent())
                    .findFirst()
                    .ifPresent(place -> found.add(new ForeignFile(place, format)));
        }
        return one(
                found,
                "there are pipeline files of several systems, and the pipeline does not name one: ");
    }

    private static Optional<ForeignFile> one(List<ForeignFile> found, String several) {
        if (found.size() > 1) {
            throw new FormatException(
                    several
                            + found.stream()
                                    .map(file ->
                                            "'%s' for %s".formatted(file.path(), file.reader()))
                                    .collect(Collectors.joining(", ")));
        }
        return found.stream().findFirst();
    }

    /// Whether Millwright itself reads files of that name, whatever formats say.
    public static boolean isOwn(String path) {
        String[] parts = path.split("/", -1);
        boolean inFolder = parts.length > 1 && parts[parts.length - 2].equals(OWN_FOLDER);
        return inFolder || OWN.contains(parts[parts.length - 1]);
    }

    private static boolean isAt(String path, String place) {
        return path.equals(place) || path.endsWith("/" + place);
    }

    /// Read a file. Throws [FormatException] when the format does not do its work.
    ///
    /// @param pipeline the name of the pipeline; empty when the file is only checked
    /// @param files of the same commit
    public Translation read(ForeignFile file, String text, String pipeline, Includes files)
            throws InterruptedException {
        Payload content = Payload.of(text);
        if (content.size() > LARGEST_FILE) {
            return invalid(
                    new ReadResult.Invalid(
                            List.of(
                                    new Problem(
                                            new Mark(file.path(), 1, 1),
                                            "",
                                            "the file has %,d bytes, more than the %,d that are allowed"
                                                    .formatted(content.size(), LARGEST_FILE),
                                            ""))));
        }
        FormatResult answer;
        try (LentFiles lent = new LentFiles(files)) {
            answer = ask(file, new PipelineFile(file.path(), pipeline, content, lent::file));
        }
        return switch (answer) {
            case FormatResult.Invalid(List<FormatResult.Fault> faults) ->
                    invalid(FormatAnswer.invalid(file.path(), text, faults));
            case FormatResult.Read read -> translated(file, text, read, files);
        };
    }

    private static Translation invalid(ReadResult.Invalid result) {
        return new Translation(result, Parameters.NONE, List.of());
    }

    private static Translation translated(
            ForeignFile file, String text, FormatResult.Read read, Includes files) {
        FormatAnswer.problem(read.pipeline())
                .ifPresent(why -> {
                    throw failed(file, why);
                });
        ReadResult result =
                PipelineReader.create()
                        .readTranslated(
                                file.path(),
                                text,
                                read.pipeline(),
                                FormatAnswer.places(file.path(), read.places()),
                                files);
        return new Translation(result, read.pipeline(), FormatAnswer.warnings(read.warnings()));
    }

    private FormatResult ask(ForeignFile file, PipelineFile content) throws InterruptedException {
        try {
            return answer(file, file.format(), content);
        } catch (PluginCallException failed) {
            // A plugin that was replaced a moment ago has a successor
            Optional<Use<PipelineFormat<?>>> successor =
                    extensions.find(Point.FORMAT, file.format().kind());
            if (failed.why() != PluginCallException.Why.GONE || successor.isEmpty()) {
                throw failed(file, failed);
            }
            try {
                return answer(file, successor.get(), content);
            } catch (PluginCallException again) {
                throw failed(file, again);
            }
        } catch (MillwrightException unfit) {
            throw failed(file, unfit);
        }
    }

    private FormatResult answer(
            ForeignFile file, Use<PipelineFormat<?>> format, PipelineFile content)
            throws InterruptedException {
        return Optional.ofNullable(new BoundFormat(format, Parameters.NONE, secrets).read(content))
                .orElseThrow(() -> failed(file, "it gave no answer"));
    }

    private static FormatException failed(ForeignFile file, Exception cause) {
        return new FormatException(words(file, String.valueOf(cause.getMessage())), cause);
    }

    private static FormatException failed(ForeignFile file, String why) {
        return new FormatException(words(file, why));
    }

    private static String words(ForeignFile file, String why) {
        return "%s could not read '%s': %s".formatted(file.reader(), file.path(), why);
    }
}
