package dev.millwright.host.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.engine.binding.SecretSource;
import dev.millwright.engine.yaml.Includes;
import dev.millwright.engine.yaml.Problem;
import dev.millwright.engine.yaml.ReadResult;
import dev.millwright.host.HostSettings;
import dev.millwright.host.PluginBuilder;
import dev.millwright.host.PluginHost;
import dev.millwright.host.use.Point;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Formats of a real plugin that do what they should, and what they should not.
final class FileFormatsTest {
    private static final SecretSource NO_SECRETS = reference -> Optional.empty();

    @TempDir static Path folder;
    private static PluginHost host;
    private static FileFormats formats;

    /// A format whose answer depends on the first word of the file.
    private static String source(String kind, String paths) {
        return """
        package odd;
        import dev.millwright.model.Parameters;
        import dev.millwright.plugin.NoConfiguration;
        import dev.millwright.plugin.format.*;
        import java.util.*;
        public final class Format%1$s implements PipelineFormat<NoConfiguration> {
            public String kind() { return "%1$s"; }
            public Class<NoConfiguration> configuration() { return NoConfiguration.class; }
            public List<String> files() { %2$s }
            public FormatResult read(PipelineFile file, NoConfiguration none) {
                String[] words = file.content().text().split("\\\\s+");
                switch (words[0]) {
                    case "throws": throw new IllegalStateException("no idea");
                    case "error": throw new StackOverflowError();
                    case "refuses": throw new dev.millwright.plugin.PluginException("not today");
                    case "exits": System.exit(1); return null;
                    case "nothing": return null;
                    case "hangs":
                        try { Thread.sleep(60_000); } catch (InterruptedException told) { /* it was told to stop */ }
                        return null;
                    case "unfounded": return new FormatResult.Invalid(List.of());
                    case "wordy":
                        List<FormatResult.Fault> faults = new ArrayList<>();
                        for (int i = 0; i < 1000; i++) faults.add(new FormatResult.Fault(i, -1, "bad\\n".repeat(1000)));
                        return new FormatResult.Invalid(faults);
                    case "deep":
                        Object at = "x";
                        for (int i = 0; i < 60; i++) at = List.of(at);
                        return made(at);
                    case "wide": return made(Collections.nCopies(200_000, "x"));
                    case "long": return made("x".repeat(2_000_000));
                    case "foreign": return made(new Weird());
                    case "wrong":
                        return new FormatResult.Read(new Parameters(Map.of("steps", List.of(Map.of("commands", "x", "timeout", "soon")))),
                                List.of(), Map.of("/steps/0", new FormatResult.Place(2, 3)));
                    case "other":
                        return made(file.other(words[1]).map(found -> found.text()).orElse("none"));
                    default: return made("echo " + file.pipeline());
                }
            }
            static FormatResult made(Object command) {
                return new FormatResult.Read(new Parameters(Map.of("steps", List.of(Map.of("commands", command)))), List.of());
            }
            static final class Weird extends Number {
                public int intValue() { return 1; }
                public long longValue() { return 1; }
                public float floatValue() { return 1; }
                public double doubleValue() { return 1; }
            }
        }
        """
                .formatted(kind, paths);
    }

    @BeforeAll
    static void load() throws Exception {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        var _ =
                PluginBuilder.of(folder, "odd", "1.0.0")
                        .extension(Point.FORMAT, source("odd", "return List.of(\"odd.txt\");"))
                        .extension(
                                Point.FORMAT,
                                source("twin", "return List.of(\"twin.txt\", \"ci/odd.txt\");"))
                        .extension(
                                Point.FORMAT,
                                source("mute", "throw new IllegalStateException(\"mute\");"))
                        .extension(
                                Point.FORMAT,
                                source(
                                        "greedy",
                                        "return List.of(\".millwright.yaml\", \"\", \"/etc/passwd\", \"../up\", \"x/\");"))
                        .jar(plugins.resolve("odd.jar"));
        host = PluginHost.open(HostSettings.of(plugins, folder.resolve("data")), NO_SECRETS);
        assertThat(host.plugins().getFirst().reason()).isEmpty();
        formats = FileFormats.of(host.extensions(), NO_SECRETS);
    }

    @AfterAll
    static void close() {
        host.close();
    }

    private static Translation read(String text) throws InterruptedException {
        return read(text, Includes.NONE);
    }

    private static Translation read(String text, Includes files) throws InterruptedException {
        return formats.read(formats.named("odd.txt").orElseThrow(), text, "web", files);
    }

    private static List<String> problems(String text) throws InterruptedException {
        ReadResult result = read(text).result();
        assertThat(result).isInstanceOf(ReadResult.Invalid.class);
        return ((ReadResult.Invalid) result).problems().stream().map(Problem::render).toList();
    }

    @Test
    void aFileIsReadByTheFormatThatReadsItsName() throws Exception {
        assertThat(formats.named("odd.txt").orElseThrow().format().kind()).isEqualTo("odd");
        assertThat(formats.named("services/web/twin.txt").orElseThrow().format().kind())
                .isEqualTo("twin");
        assertThat(formats.named("notodd.txt")).isEmpty();
        assertThat(read("fine").pipeline().values().toString()).contains("echo web");
    }

    @Test
    void namesOfMillwrightStayItsOwn() throws Exception {
        assertThat(formats.named(".millwright.yaml")).isEmpty();
        assertThat(formats.named("web/.millwright.yml")).isEmpty();
        assertThat(formats.named(".millwright/odd.txt")).isEmpty();
        assertThat(formats.named("/etc/passwd")).isEmpty();
    }

    @Test
    void nobodyGuessesWhichOfTwoFormatsIsMeant() throws Exception {
        assertThatThrownBy(() -> formats.named("ci/odd.txt"))
                .isInstanceOf(FormatException.class)
                .hasMessage(
                        "'ci/odd.txt' is read by several formats: 'ci/odd.txt' for the format 'odd' (odd 1.0.0), 'ci/odd.txt' for the format 'twin' (odd 1.0.0)");
        Includes both = path -> Optional.of("fine").filter(_ -> path.matches("(odd|twin).txt"));
        assertThatThrownBy(() -> formats.usual(both))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("'odd.txt' for")
                .hasMessageContaining("'twin.txt' for");
        assertThat(formats.usual(path -> Optional.of("fine").filter(_ -> path.equals("twin.txt"))))
                .hasValueSatisfying(file -> assertThat(file.path()).isEqualTo("twin.txt"));
        assertThat(formats.usual(Includes.NONE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "throws, no idea",
        "error, StackOverflow",
        "refuses, not today",
        "exits, exit",
        "nothing, it gave no answer",
        "hangs, 10",
        "deep, its answer nests deeper than 50 levels",
        "wide, 'its answer holds more than 100,000 values'",
        "long, 'its answer holds more than 1,048,576 characters'",
        "foreign, its answer holds a odd.Formatodd$Weird"
    })
    void whateverAFormatDoesItIsToldWithItsName(String does, String why) {
        assertThatThrownBy(() -> read(does))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("the format 'odd' (odd 1.0.0) could not read 'odd.txt': ")
                .hasMessageContaining(why);
    }

    @Test
    void whatAFormatFindsWrongIsCutToSize() throws Exception {
        assertThat(problems("unfounded"))
                .containsExactly("odd.txt: the file cannot be read, and nobody says why");
        assertThat(problems("wordy"))
                .hasSize(100)
                .allSatisfy(problem -> assertThat(problem).hasSizeLessThan(600))
                .element(1)
                .asString()
                .startsWith("odd.txt:1:1: bad bad");
    }

    @Test
    void whatMillwrightFindsWrongNamesThePlaceInTheFile() throws Exception {
        assertThat(problems("wrong\n  here\n"))
                .singleElement()
                .asString()
                .startsWith("odd.txt:2:3: ")
                .contains("timeout", "  here\n");
    }

    @Test
    void aFormatReadsFilesOfTheRepositoryAndNoOthers() throws Exception {
        Map<String, String> files =
                Map.of("a/b.txt", "found", "../c", "outside", ".git/config", "secret");
        Includes repository = path -> Optional.ofNullable(files.get(path));

        assertThat(read("other a/b.txt", repository).pipeline().values().toString())
                .contains("found");
        for (String path : List.of("../c", ".git/config", "a/../../c", "/a/b.txt")) {
            assertThat(read("other " + path, repository).pipeline().values().toString())
                    .contains("none");
        }
        assertThat(
                        read("other big", path -> Optional.of("x".repeat(300_000)))
                                .pipeline()
                                .values()
                                .toString())
                .contains("none");
    }

    @Test
    void aFileThatIsTooLargeIsNotGivenToAnybody() throws Exception {
        assertThat(problems("throws " + "x".repeat(300_000)))
                .singleElement()
                .asString()
                .contains("odd.txt:1:1: the file has 300,007 bytes");
    }
}
