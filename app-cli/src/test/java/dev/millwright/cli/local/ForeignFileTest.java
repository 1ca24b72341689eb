package dev.millwright.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.cli.Cli;
import dev.millwright.host.PluginBuilder;
import dev.millwright.host.use.Point;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of another system, with a plugin that reads them.
class ForeignFileTest {
    private static final String FORMAT =
            """
            package lines;
            import dev.millwright.model.Parameters;
            import dev.millwright.plugin.NoConfiguration;
            import dev.millwright.plugin.format.*;
            import java.util.*;
            public final class LinesFormat implements PipelineFormat<NoConfiguration> {
                public String kind() { return "lines"; }
                public Class<NoConfiguration> configuration() { return NoConfiguration.class; }
                public List<String> files() { return List.of("build.lines"); }
                public FormatResult read(PipelineFile file, NoConfiguration none) {
                    List<Object> steps = new ArrayList<>();
                    for (String line : file.content().text().lines().toList()) {
                        if (line.contains("!")) {
                            return new FormatResult.Invalid(List.of(new FormatResult.Fault(
                                    steps.size() + 1, line.indexOf('!') + 1, "no command")));
                        }
                        steps.add(Map.of("commands", List.of(line + " " + file.pipeline())));
                    }
                    return new FormatResult.Read(new Parameters(Map.of("steps", steps)), List.of("line 1: it is quiet"));
                }
            }
            """;

    @TempDir private static Path built;
    private static String plugin = "";

    @TempDir private Path folder;
    private Cli cli = new Cli();

    @BeforeAll
    static void build() {
        plugin =
                PluginBuilder.of(built, "lines", "1.0.0")
                        .extension(Point.FORMAT, FORMAT)
                        .jar(built.resolve("lines.jar"))
                        .toString();
    }

    @BeforeEach
    void writeFile() throws Exception {
        Files.writeString(folder.resolve("build.lines"), "echo it is\n");
        cli = new Cli().in(folder);
    }

    @Test
    void lintTellsThePlaceInTheFileItself() throws Exception {
        var good = cli.run("lint", "--plugin", plugin);
        assertThat(good.out()).isEqualTo("✔ build.lines\n");
        assertThat(good.err()).contains("build.lines, line 1: it is quiet");

        Files.writeString(folder.resolve("build.lines"), "echo a\necho b!\n");
        var bad = cli.run("lint", "build.lines", "--plugin", plugin);
        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.out())
                .isEqualTo(
                        """
                        build.lines:2:7: no command
                            2 │ echo b!
                              │       ^
                        """);
    }

    @Test
    void localRunsIt() {
        var result = cli.run("local", "--pipeline", "web", "--plugin", plugin);

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("it is web");
    }

    @Test
    void filesOfMillwrightComeFirst() throws Exception {
        Files.writeString(folder.resolve(".millwright.yaml"), "steps: [{commands: ['true']}]");

        assertThat(cli.run("lint", "--plugin", plugin).out()).isEqualTo("✔ .millwright.yaml\n");
    }

    @Test
    void importPrintsItAsAFileOfMillwright() throws Exception {
        var result = cli.run("import", "build.lines", "--pipeline", "web", "--plugin", plugin);

        assertThat(result.code()).isZero();
        assertThat(result.err()).contains("build.lines, line 1: it is quiet");
        assertThat(result.out())
                .isEqualTo(
                        """
                        steps:
                          - commands:
                              - echo it is web
                        """);
        Files.writeString(folder.resolve(".millwright.yaml"), result.out());
        assertThat(cli.run("lint").code()).isZero();
    }

    @Test
    void importTellsWhatIsWrongAndWhatNobodyReads() throws Exception {
        Files.writeString(folder.resolve("build.lines"), "!");
        Files.writeString(folder.resolve("other.txt"), "x");

        assertThat(cli.run("import", "build.lines", "--plugin", plugin))
                .satisfies(result -> assertThat(result.code()).isEqualTo(1))
                .satisfies(result -> assertThat(result.out()).contains("build.lines:1:1: "));
        assertThat(cli.run("import", "other.txt", "--plugin", plugin))
                .satisfies(result -> assertThat(result.code()).isEqualTo(2))
                .satisfies(result -> assertThat(result.err()).contains("no plugin reads"));
        assertThat(cli.run("import", "gone.lines").code()).isEqualTo(3);
    }

    @Test
    void aPluginThatCannotBeLoadedIsTold() throws Exception {
        Files.writeString(folder.resolve("broken.jar"), "no jar");

        assertThat(cli.run("lint", "build.lines", "--plugin", "broken.jar"))
                .satisfies(result -> assertThat(result.code()).isEqualTo(2))
                .satisfies(result ->
                        assertThat(result.err()).contains("the plugin broken.jar cannot be used"));
    }
}
