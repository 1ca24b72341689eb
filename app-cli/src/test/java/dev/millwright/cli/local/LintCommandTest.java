package dev.millwright.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.cli.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintCommandTest {
    @TempDir private Path folder;

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
}
