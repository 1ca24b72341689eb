package dev.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputOptionTest {
    @Test
    void valuesArriveAsTheyAreWithoutAnotherWord(@TempDir Path folder) throws Exception {
        try (FakeServer server = FakeServer.start()) {
            server.on(
                            "POST",
                            "/api/v1/namespaces/default/pipelines/web/runs",
                            202,
                            Answers.accepted())
                    .on(
                            "GET",
                            "/api/v1/deliveries/" + Answers.DELIVERY,
                            200,
                            Answers.delivery("started", ""));

            // picocli's own warnings go to the process, not to the terminal of a test.
            var result =
                    CliProcess.run(
                            folder,
                            "exit 0",
                            Map.of(),
                            "run",
                            "web",
                            "--server",
                            server.address(),
                            "-o",
                            "name",
                            "-i",
                            "ticket=a b=c\"d",
                            "-i",
                            "quoted=\"x\"",
                            "-i",
                            "empty=");

            assertThat(result.out()).isEqualTo(Answers.RUN + "\n");
            assertThat(server.asked().getFirst().body())
                    .contains(
                            "\"ticket\":\"a b=c\\\"d\"",
                            "\"quoted\":\"\\\"x\\\"\"",
                            "\"empty\":\"\"");
        }
    }

    @Test
    void whatIsNoPairIsWrongUse() {
        for (String pair : new String[] {"=x", "x", ""}) {
            assertThat(new Cli().run("run", "web", "-i", pair).code()).isEqualTo(2);
        }
    }
}
