package dev.millwright.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.api.MillwrightClient;
import dev.millwright.cli.remote.RunFollower;
import dev.millwright.cli.terminal.Symbols;
import dev.millwright.cli.terminal.Terminal;
import dev.millwright.model.RunId;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class FollowThroughOutageTest {
    private static final String RUN = "/api/v1/runs/" + Answers.RUN;

    private static void answer(FakeServer server, String status) {
        server
                .on("GET", RUN, 200, Answers.detail(status))
                .on("GET", RUN + "/steps", 200, Answers.steps(status, status, 0))
                .stream(RUN + "/events", "id: 10\nevent: end\ndata: {}\n\n");
    }

    @Test
    void theFollowerSaysThatTheServerIsAwayAndThatItIsBack() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        FakeServer first = FakeServer.start();
        answer(first, "running");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var client = MillwrightClient.create(URI.create(first.address()))) {
            var follower = new RunFollower(client, Terminal.plain(out, err, Symbols.UNICODE));
            var code =
                    threads.submit(
                            () -> follower.follow(RunId.parse(Answers.RUN), Duration.ofMinutes(1)));
            await().until(() -> out.toString(UTF_8).contains("test: running"));
            first.close();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> err.toString(UTF_8).contains("does not answer"));

            try (FakeServer second = FakeServer.start(first.port())) {
                answer(second, "success");

                assertThat(code.get()).isZero();
            }
        }
        assertThat(err.toString(UTF_8))
                .isEqualTo(
                        """
                        the server does not answer; waiting for it ...
                        the server answers again
                        """);
    }
}
