package dev.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogsCommandTest {
    private static final String ONE = "/api/v1/runs/" + Answers.RUN;

    private final FakeServer server = FakeServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private Cli cli() {
        return new Cli()
                .with("MILLWRIGHT_SERVER", server.address())
                .with("MILLWRIGHT_KEY", "secret");
    }

    private void finished() {
        server.on("GET", ONE, 200, Answers.detail("success"))
                .on("GET", ONE + "/steps", 200, Answers.steps("success", "success", 0))
                .on("GET", ONE + "/steps/0/1/log", 200, Answers.log("expected 1", "but was 2"));
    }

    @Test
    void logsOfOneStepAreItsBytesAndLogsOfARunCarryNames() {
        finished();
        server.on("GET", ONE + "/steps/0/0/log", 200, Answers.log("compiling"));

        assertThat(cli().run("logs", Answers.RUN).out())
                .isEqualTo("compile | compiling\ntest | expected 1\ntest | but was 2\n");
        cli().run("logs", Answers.RUN + "/test");
        assertThat(server.asked().getLast().query()).isEqualTo("format=text");
        cli().run("logs", Answers.RUN + "/0/1", "--stream", "err");
        assertThat(server.asked().getLast().query()).contains("stream=err");
        assertThat(cli().run("logs", Answers.RUN + "/test", "--tail", "2").out())
                .isEqualTo("expected 1\nbut was 2\n");
    }

    @Test
    void logsOfAGroupAreThoseOfTheStepsInside() {
        server.on("GET", ONE + "/steps", 200, Answers.nestedSteps())
                .on("GET", ONE + "/steps/0/0/log", 200, Answers.log("compiling"))
                .on("GET", ONE + "/steps/0/1/0/log", 200, Answers.log("no flaws"))
                .on("GET", ONE + "/steps/0/1/1/log", 200, Answers.log("12 tests"));
        String both = "checks/lint | no flaws\nchecks/test | 12 tests\n";

        assertThat(cli().run("logs", Answers.RUN + "/checks").out()).isEqualTo(both);
        assertThat(cli().run("logs", Answers.RUN + "/0/1").out()).isEqualTo(both);
        assertThat(cli().run("logs", Answers.RUN + "/0/1", "-f").out()).isEqualTo(both);
        assertThat(cli().run("logs", Answers.RUN + "/0").out())
                .isEqualTo("compile | compiling\n" + both);
    }

    @Test
    void logsOfAStepThatIsNotThereAreNotFound() {
        finished();

        var result = cli().run("logs", Answers.RUN + "/0/7");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err()).isEqualTo("error: the run has no step 0/7\n");
        assertThat(cli().run("logs", Answers.RUN + "/gone").code()).isEqualTo(3);
    }

    @Test
    void timesOfLinesAreWholeAndInUtc() {
        finished();

        assertThat(cli().run("logs", Answers.RUN + "/test", "-t").out())
                .isEqualTo(
                        """
                        2026-01-01T00:00:01.000Z expected 1
                        2026-01-01T00:00:01.000Z but was 2
                        """);
    }
}
