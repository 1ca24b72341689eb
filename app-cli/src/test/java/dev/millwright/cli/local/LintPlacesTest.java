package dev.millwright.cli.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.cli.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintPlacesTest {
    private static final String GOOD = "steps: [{name: a, commands: [x]}]";
    private static final String BAD = "steps:\n  - {name: a, comands: [x]}\n";

    @TempDir private Path folder;

    private Cli cli;

    @BeforeEach
    void repository() throws Exception {
        Files.createDirectories(folder.resolve(".git"));
        cli = new Cli().in(folder);
    }

    private void write(String file, String text) throws Exception {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @Test
    void aDashIsStandardInput() {
        assertThat(cli.input(GOOD).run("lint", "-").out()).isEqualTo("✔ (input)\n");
        assertThat(cli.input(BAD).run("lint", "-").out())
                .startsWith("(input):2:15: unknown key 'comands'")
                .contains("    2 │   - {name: a, comands: [x]}\n");
    }

    @Test
    void whatWasPerhapsMeantOtherwiseIsAWarning() throws Exception {
        write(
                ".millwright.yaml",
                "steps:\n  - {name: a, commands: [x], needs: {memroy: \">= 1Gi\"}}\n");

        var result = cli.run("lint");

        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo("✔ .millwright.yaml\n");
        assertThat(result.err())
                .isEqualTo(
                        "warning: .millwright.yaml:2:38: no node has 'memroy' unless you give it a label or a fact of that name; did you mean 'memory'?\n");
    }

    @Test
    void aDirectoryIsThePipelineInside() throws Exception {
        write("app/.millwright/a.yaml", GOOD);
        write("app/.millwright/b.yml", BAD);
        Files.createDirectories(folder.resolve("empty"));

        assertThat(cli.run("lint", "app").out())
                .startsWith("✔ app/.millwright/a.yaml\napp/.millwright/b.yml:2:15: ")
                .contains("    2 │   - {name: a, comands: [x]}\n");
        write(".millwright.yaml", GOOD);
        assertThat(cli.run("lint", ".").out()).isEqualTo("✔ .millwright.yaml\n");
        var none = cli.run("lint", "empty");
        assertThat(none.code()).isEqualTo(3);
        assertThat(none.err())
                .contains("there is no .millwright.yaml and no .millwright/*.yaml in");
    }

    @Test
    void aListOfStepsIsFineWhereFilesForIncludeLie() throws Exception {
        String steps = "- {name: a, commands: [x]}";
        write("ci/steps.yaml", steps);
        write(".millwright.yaml", steps);

        assertThat(cli.run("lint", "ci/steps.yaml").code()).isZero();
        assertThat(cli.run("lint").out()).contains("a pipeline is a map, not a list");
    }

    @Test
    void bytesThatAreNotTextAreToldWithTheirPlace() throws Exception {
        Files.write(folder.resolve("x.yaml"), "steps:\n  # f\u00fcr\n".getBytes(ISO_8859_1));

        assertThat(cli.run("lint", "x.yaml"))
                .isEqualTo(
                        new Cli.Result(
                                2,
                                "",
                                "error: x.yaml:2:6: this is not UTF-8: byte 0xfc, number 13 of the"
                                        + " file\n"));
        assertThat(cli.run("apply", "-f", "x.yaml").err())
                .contains("x.yaml:2:6: this is not UTF-8");
    }

    @Test
    void aProblemFarToTheRightShowsItsPartOfTheLine() {
        String text = "steps: [{commands: ['%s'], comands: [x]}]".formatted("y".repeat(150));

        assertThat(cli.input(text).run("lint", "-").out())
                .contains("    1 │ …" + "y".repeat(56) + "'], comands: [x]}]\n")
                .contains("      │ " + " ".repeat(61) + "^^^^^^^\n");
    }

    @Test
    void programsGetJson() {
        assertThat(cli.input(BAD).run("lint", "-", "-o", "json"))
                .isEqualTo(
                        new Cli.Result(
                                1,
                                """
                                [ {
                                  "file" : "(input)",
                                  "line" : 2,
                                  "column" : 15,
                                  "message" : "unknown key 'comands'",
                                  "suggestion" : "did you mean 'commands'?"
                                } ]
                                """,
                                ""));
        assertThat(cli.input(GOOD).run("lint", "-", "-o", "json").out()).isEqualTo("[ ]\n");
        assertThat(cli.input(BAD).run("lint", "-", "-o", "name").out()).isEqualTo("(input)\n");
    }
}
