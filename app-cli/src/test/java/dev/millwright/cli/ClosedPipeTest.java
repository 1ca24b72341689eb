package dev.millwright.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ClosedPipeTest {
    private static final String RUN = "/api/v1/runs/" + Answers.RUN;
    private static final String EVENT =
            "{\"seq\":7,\"at\":\"2026-01-01T00:00:00Z\",\"namespace\":\"default\",\"type\":\"run.finished\",\"subject\":\"x\",\"data\":{}}";

    private final FakeServer server = FakeServer.start();

    /// A pipe whose reader goes away as soon as it has seen one line.
    private static final class OneLine extends OutputStream {
        private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
        private final String failure;

        OneLine(String failure) {
            this.failure = failure;
        }

        @Override
        public void write(int value) throws IOException {
            if (seen.toString(UTF_8).contains("\n")) {
                throw new IOException(failure);
            }
            seen.write(value);
        }
    }

    @BeforeEach
    void answer() {
        server.on("GET", "/api/v1/events", 200, "{\"items\":[%s,%s]}".formatted(EVENT, EVENT))
                .on(
                        "GET",
                        "/api/v1/runs",
                        200,
                        Answers.page(Answers.run(Answers.RUN, 1, "failure")))
                .on("GET", RUN, 200, Answers.detail("running"))
                .on("GET", RUN + "/steps", 200, Answers.steps("running", "running", 0))
                .on("GET", RUN + "/steps/0/0/log", 200, Answers.log("a", "b"))
                .on("GET", RUN + "/steps/0/1/log", 200, Answers.log("a", "b"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Cli.Result runInto(OutputStream out, String... arguments) {
        return new Cli().with("MILLWRIGHT_SERVER", server.address()).runInto(out, arguments);
    }

    @Test
    void whoeverPrintsEndsQuietlyWhenNobodyReads() {
        String run = Answers.RUN;
        assertThat(
                        List.of(
                                List.of("events"),
                                List.of("runs"),
                                List.of("--help"),
                                List.of("runs", "--help"),
                                List.of("logs", run),
                                List.of("logs", run, "-f"),
                                List.of("logs", run + "/test"),
                                List.of("runs", "-o", "yaml"),
                                // This run never ends.
                                List.of("runs", "follow", run)))
                .allSatisfy(command ->
                        assertThat(
                                        runInto(
                                                new OneLine("Broken pipe"),
                                                command.toArray(String[]::new)))
                                .isEqualTo(new Cli.Result(0, "", "")));
    }

    @Test
    void aFollowerEndsAtTheNextLine() {
        String line =
                "id: %d\ndata: {\"number\":%d,\"stream\":\"out\",\"at\":\"2026-01-01T00:00:01Z\",\"severity\":\"none\",\"continued\":false,\"complete\":true,\"text\":\"x\"}\n\n";
        server.stream(RUN + "/steps/0/1/log", line.formatted(1, 1) + line.formatted(2, 2)).stream(
                "/api/v1/events", "id: 7\ndata: " + EVENT + "\n\nid: 8\ndata: " + EVENT + "\n\n");

        assertThat(runInto(new OneLine("Broken pipe"), "logs", Answers.RUN + "/test", "-f").code())
                .isZero();
        assertThat(runInto(new OneLine("Broken pipe"), "events", "-f").code()).isZero();
    }

    @Test
    void aFullDiskIsAnError() {
        assertThat(runInto(new OneLine("No space left on device"), "events"))
                .isEqualTo(
                        new Cli.Result(
                                5,
                                "",
                                "error: the output cannot be written: No space left on device\n"));
    }
}
