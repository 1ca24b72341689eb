package dev.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrongStateTest {
    private static final String RUN = "/api/v1/runs/" + Answers.RUN;

    @Test
    void whatTheStateDoesNotAllowEndsWithTwo(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("a.yaml"), "x");
        try (FakeServer server = FakeServer.start()) {
            server.on("GET", RUN + "/steps", 200, Answers.steps("success", "success", 0))
                    .problem("POST", RUN + "/cancel", 409, "the run has ended")
                    .problem("POST", RUN + "/steps/0/1/approve", 409, "the step does not wait")
                    .problem("DELETE", "/api/v1/namespaces/default/pipelines/web", 409, "managed")
                    .on(
                            "POST",
                            "/api/v1/resources/apply",
                            200,
                            """
                            {"dryRun":false,"items":[{"kind":"Pipeline","namespace":"default","name":"web",
                             "action":"conflict","revision":1,"diff":"","problems":[]}]}
                            """);
            Cli cli = new Cli().with("MILLWRIGHT_SERVER", server.address()).in(folder);

            assertThat(
                            List.of(
                                    List.of("cancel", Answers.RUN),
                                    List.of("approve", Answers.RUN),
                                    List.of("approve", Answers.RUN, "0/1"),
                                    List.of("delete", "pipeline", "web"),
                                    List.of("apply", "-f", "a.yaml")))
                    .allSatisfy(command ->
                            assertThat(cli.run(command.toArray(String[]::new)).code())
                                    .isEqualTo(2));
        }
    }
}
