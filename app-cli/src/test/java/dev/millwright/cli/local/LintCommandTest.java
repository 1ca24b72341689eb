package dev.millwright.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.cli.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintCommandTest {
    private static final String INCLUDING = "steps: [{name: checks, include: ci/checks.yaml}]";
    private static final String CHECKS = "steps: [{name: lint, commands: [make lint]}]";

    @TempDir private Path folder;

    private void write(String file, String text) throws Exception {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @Test
    void everyProblemShowsItsLineWithACaretAndWhatToWriteInstead() throws Exception {
        Files.writeString(
                folder.resolve("ci.yaml"),
                """
                steps:
                  - name: build
                    comands: [make]
                  - name: test
                    commands: [make test]
                    timeout: soon
                """);

        var result = new Cli().in(folder).run("lint", "ci.yaml");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out())
                .startsWith(
                        """
                        ci.yaml:3:5: unknown key 'comands'; did you mean 'commands'?
                            3 │     comands: [make]
                              │     ^^^^^^^
                        """)
                .contains("ci.yaml:6:14: ")
                .contains("    6 │     timeout: soon\n      │              ^^^^\n");
    }

    @Test
    void aGoodFileIsTicked() throws Exception {
        Files.writeString(folder.resolve(".millwright.yaml"), "steps: [{name: a, commands: [x]}]");

        var result = new Cli().in(folder).run("lint");

        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo("✔ .millwright.yaml\n");
    }

    @Test
    void noFileAtAllIsNotFound() {
        assertThat(new Cli().in(folder).run("lint").code()).isEqualTo(3);
        assertThat(new Cli().in(folder).run("lint", "gone.yaml").code()).isEqualTo(3);
    }

    @Test
    void includesCountFromTheRootOfTheRepositoryOfTheFile() throws Exception {
        Files.createDirectories(folder.resolve("app/.git"));
        write("app/.millwright.yaml", INCLUDING);
        write("app/web/.millwright.yaml", INCLUDING);
        write("app/ci/checks.yaml", CHECKS);

        var result =
                new Cli()
                        .in(folder)
                        .run("lint", "app/.millwright.yaml", "app/web/.millwright.yaml");

        assertThat(result.out() + result.err())
                .isEqualTo("✔ app/.millwright.yaml\n✔ app/web/.millwright.yaml\n");
        assertThat(new Cli().in(folder.resolve("app/web")).run("lint").code()).isZero();
    }

    @Test
    void includesWithoutARepositoryCountFromTheFolderOfTheFile() throws Exception {
        write("app/.millwright.yaml", INCLUDING);
        write("app/.millwright/build.yaml", INCLUDING);
        write("app/ci/checks.yaml", CHECKS);

        var result =
                new Cli()
                        .in(folder)
                        .run("lint", "app/.millwright.yaml", "app/.millwright/build.yaml");

        assertThat(result.out() + result.err())
                .isEqualTo("✔ app/.millwright.yaml\n✔ app/.millwright/build.yaml\n");
    }

    @Test
    void aProblemOfAnIncludedFileNamesItAsOneFindsIt() throws Exception {
        write("app/.millwright.yaml", INCLUDING);
        write("app/ci/checks.yaml", "steps:\n  - {name: lint, comands: [make lint]}\n");

        assertThat(new Cli().in(folder).run("lint", "app/.millwright.yaml").out())
                .startsWith("app/ci/checks.yaml:2:18: unknown key 'comands'")
                .contains("    2 │   - {name: lint, comands: [make lint]}\n");
    }
}
