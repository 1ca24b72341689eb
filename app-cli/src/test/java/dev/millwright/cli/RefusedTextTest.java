package dev.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusedTextTest {
    @TempDir private Path folder;

    private final FakeServer server = FakeServer.start();

    @BeforeEach
    void files() throws Exception {
        Files.createDirectories(folder.resolve("all"));
        Files.writeString(folder.resolve("all/a.yaml"), "one\ntwo");
        Files.writeString(folder.resolve("all/b.yaml"), "three\nfour\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void refuse(String detail, String errors) {
        for (String what : new String[] {"apply", "diff"}) {
            server.problem("POST", "/api/v1/resources/" + what, 422, detail, errors);
        }
    }

    private Cli.Result run(String... arguments) {
        return new Cli().with("MILLWRIGHT_SERVER", server.address()).in(folder).run(arguments);
    }

    @Test
    void aProblemOfTheWholeTextIsToldOnceWithItsFileAndLine() {
        refuse(
                "body:5:2: /kind: unknown kind 'Pipelin'",
                "{\"pointer\":\"/kind\",\"message\":\"unknown kind 'Pipelin'\",\"line\":5,\"column\":2}");

        assertThat(run("apply", "-f", "all"))
                .isEqualTo(
                        new Cli.Result(
                                2,
                                "",
                                "all/b.yaml:2:2: unknown kind 'Pipelin'\nnothing is applied\n"));
        assertThat(run("diff", "-f", "all"))
                .isEqualTo(new Cli.Result(2, "", "all/b.yaml:2:2: unknown kind 'Pipelin'\n"));
    }

    @Test
    void severalProblemsAreALineEach() {
        refuse(
                "2 things are wrong",
                "{\"pointer\":\"/metadata/nam\",\"message\":\"unknown key 'nam'\",\"line\":1,\"column\":3},"
                        + "{\"pointer\":\"\",\"message\":\"not valid YAML\",\"line\":2,\"column\":1}");

        assertThat(run("delete", "-f", "all/a.yaml"))
                .isEqualTo(
                        new Cli.Result(
                                2,
                                "",
                                """
                                all/a.yaml:1:3: unknown key 'nam'
                                all/a.yaml:2:1: not valid YAML
                                """));
    }

    @Test
    void theTextIsNamedAsItsFiles() {
        String none = "'body' holds no resource";
        refuse(none, "{\"pointer\":\"\",\"message\":\"%s\"}".formatted(none));

        assertThat(run("apply", "-f", "all/a.yaml").err())
                .isEqualTo("'all/a.yaml' holds no resource\nnothing is applied\n");
        assertThat(run("diff", "-f", "all").err())
                .isEqualTo("'all/a.yaml', 'all/b.yaml' holds no resource\n");
    }

    @Test
    void aWrongParameterIsAnErrorAsElsewhere() {
        refuse("parameter 'namespace': x", "{\"pointer\":\"namespace\",\"message\":\"x\"}");

        assertThat(run("apply", "-f", "all"))
                .isEqualTo(new Cli.Result(2, "", "error: parameter 'namespace': x\n"));
    }
}
