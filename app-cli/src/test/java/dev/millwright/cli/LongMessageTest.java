package dev.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LongMessageTest {
    private static final String RUN = "/api/v1/runs/" + Answers.RUN;
    private static final String MESSAGE = "ci.yaml:3:5: unknown key 'x'\\n    x: make\\n    ^";

    private final FakeServer server = FakeServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private Cli.Result run(String... arguments) {
        return new Cli().with("MILLWRIGHT_SERVER", server.address()).run(arguments);
    }

    @Test
    void aRunsMessageKeepsItsLines() {
        server.on(
                        "GET",
                        RUN,
                        200,
                        Answers.detail("error")
                                .replace("\"message\":\"\"", "\"message\":\"" + MESSAGE + "\""))
                .on("GET", RUN + "/steps", 200, Answers.steps("error", "error", 0));
        String shown =
                """
                 · ci.yaml:3:5: unknown key 'x'
                      x: make
                      ^
                """;

        assertThat(run("runs", "show", Answers.RUN).out()).endsWith(shown);
        assertThat(run("runs", "follow", Answers.RUN).out()).containsOnlyOnce(shown);
    }

    @Test
    void explainTellsItOnce() {
        server.on(
                "GET",
                RUN + "/explain",
                200,
                """
                {"run":"%s","status":"error","summary":"run web#1 is error: %s","steps":[
                 {"path":"0","name":"web","status":"error","cause":"config","message":"%s","nodes":[]}]}
                """
                        .formatted(Answers.RUN, MESSAGE, MESSAGE));

        assertThat(run("explain", Answers.RUN).out())
                .isEqualTo(
                        """
                        ✖ error  run web#1 is error: ci.yaml:3:5: unknown key 'x'
                                x: make
                                ^
                          ✖ web 0  error
                        """);
    }
}
