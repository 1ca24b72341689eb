package dev.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunsCommandTest {
    private static final String RUNS = "/api/v1/runs";
    private static final String PIPELINES = "/api/v1/namespaces/default/pipelines";

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

    @Test
    void noRunsOfAPipelineThatIsNotThereAreAnError() {
        server.on("GET", RUNS, 200, Answers.page())
                .problem("GET", PIPELINES + "/nope", 404, "there is no pipeline default/nope");

        var result = cli().run("runs", "-p", "nope");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err()).isEqualTo("error: there is no pipeline default/nope\n");
        assertThat(cli().run("runs", "-p", "nope", "-o", "json").code()).isEqualTo(3);
    }

    @Test
    void noRunsOfAPipelineThatIsThereOrMayNotBeSeenAreNone() {
        server.on("GET", RUNS, 200, Answers.page())
                .on(
                        "GET",
                        PIPELINES + "/new",
                        200,
                        "{\"apiVersion\":\"v1alpha\",\"kind\":\"Pipeline\",\"metadata\":{\"name\":\"new\"}}")
                .problem("GET", PIPELINES + "/hidden", 403, "not yours");

        assertThat(cli().run("runs", "-p", "new")).isEqualTo(new Cli.Result(0, "", "no runs\n"));
        assertThat(cli().run("runs", "-p", "hidden").code()).isZero();
    }

    @Test
    void aRerunTellsWhichRunItRepeats() {
        String rerun = Answers.rerun(Answers.OTHER, 14, "rerun (failed) of default/web#3 by admin");
        String elsewhere = Answers.rerun(Answers.OTHER, 15, "rerun (all) of team/web#3 by admin");
        String unnamed = Answers.rerun(Answers.OTHER, 16, "said otherwise");
        server.on("GET", RUNS, 200, Answers.page(rerun, elsewhere, unnamed))
                .on("GET", RUNS + "/" + Answers.OTHER, 200, Answers.detailOf(rerun))
                .on(
                        "GET",
                        RUNS + "/" + Answers.OTHER + "/steps",
                        200,
                        Answers.steps("success", "success", 0));

        assertThat(cli().run("runs").out())
                .contains("web#14  ✔ success  rerun of web#3 ")
                .contains("web#15  ✔ success  rerun of team/web#3 ")
                .contains("web#16  ✔ success  rerun of " + Answers.RUN);
        assertThat(cli().run("runs", "show", Answers.OTHER).out())
                .startsWith("web#14  rerun of web#3, push main 3f2a9c1  Fix the build\n");
    }

    @Test
    void thePipelineInPlaceOfARunIsUnderstood() {
        server.on("GET", RUNS, 200, Answers.page());
        String pipeline = "{\"kind\":\"Pipeline\",\"namespace\":\"default\",\"name\":\"%s\"}";
        server.on(
                "GET", "/api/v1/namespaces/default/pipelines/web", 200, pipeline.formatted("web"));
        server.on(
                "GET",
                "/api/v1/namespaces/default/pipelines/feed",
                200,
                pipeline.formatted("feed"));

        assertThat(cli().run("logs", "web").err())
                .isEqualTo("error: there is no run 'web'; did you mean web#last?\n");
        assertThat(cli().run("logs", "feed").err()).contains("did you mean feed#last?");
        assertThat(cli().run("runs", "web#2").err())
                .contains("did you mean: millwright runs show web#2\n");
    }

    @Test
    void whatNamesNoRunIsNotFoundByEveryCommand() {
        server.on("GET", RUNS, 200, Answers.page());

        assertThat(List.of("rerun", "cancel", "approve", "logs", "explain"))
                .allSatisfy(command -> {
                    var result = cli().run(command, "zzz");
                    assertThat(result.code()).isEqualTo(3);
                    assertThat(result.err())
                            .startsWith("error: there is no run 'zzz'; name one by");
                });
    }
}
