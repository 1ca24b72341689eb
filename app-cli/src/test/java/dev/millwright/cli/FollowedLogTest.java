package dev.millwright.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FollowedLogTest {
    private static final String RUN = "/api/v1/runs/" + Answers.RUN;

    private final FakeServer server = FakeServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private static String line(int number, String text, String more) {
        return "id: %d\ndata: {\"number\":%d,\"stream\":\"out\",\"at\":\"2026-01-01T00:00:01Z\",\"severity\":\"none\",\"text\":\"%s\",%s}\n\n"
                .formatted(number, number, text, more);
    }

    @Test
    void whatIsFollowedAreTheExactBytes() {
        byte[] raw = {'a', (byte) 0x80, (byte) 0xff};
        String encoded = Base64.getEncoder().encodeToString(raw);
        server.on("GET", RUN + "/steps", 200, Answers.steps("running", "running", 0)).stream(
                RUN + "/steps/0/1/log",
                line(1, "größer", "\"continued\":false,\"complete\":true")
                        + line(
                                2,
                                "a??",
                                "\"continued\":false,\"complete\":false,\"base64\":\"%s\""
                                        .formatted(encoded))
                        + line(3, " end", "\"continued\":true,\"complete\":false")
                        + "event: end\ndata: {}\n\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        int code =
                new Cli()
                        .with("MILLWRIGHT_SERVER", server.address())
                        .runInto(out, "logs", Answers.RUN + "/test", "-f")
                        .code();

        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        expected.writeBytes("größer\n".getBytes(UTF_8));
        expected.writeBytes(raw);
        expected.writeBytes(" end".getBytes(UTF_8));
        assertThat(code).isZero();
        assertThat(out.toByteArray()).isEqualTo(expected.toByteArray());
    }

    @Test
    void whereNothingRanTheLogSaysWhy() {
        server.on(
                        "GET",
                        RUN,
                        200,
                        Answers.detail("error")
                                .replace("\"message\":\"\"", "\"message\":\"no repository\""))
                .on(
                        "GET",
                        RUN + "/steps",
                        200,
                        "{\"run\":\"%s\",\"status\":\"error\",\"sequence\":9,\"items\":[]}"
                                .formatted(Answers.RUN));
        Cli cli = new Cli().with("MILLWRIGHT_SERVER", server.address());

        assertThat(cli.run("logs", Answers.RUN))
                .isEqualTo(new Cli.Result(0, "", "nothing ran: no repository\n"));
        server.on("GET", RUN + "/steps", 200, Answers.steps("success", "success", 0))
                .on("GET", RUN + "/steps/0/0/log", 200, Answers.log())
                .on("GET", RUN + "/steps/0/1/log", 200, Answers.log());
        assertThat(cli.run("logs", Answers.RUN)).isEqualTo(new Cli.Result(0, "", ""));
    }
}
