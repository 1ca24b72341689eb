package dev.millwright.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millwright.api.ApiException;
import dev.millwright.api.MillwrightClient;
import dev.millwright.cli.remote.RunFollower;
import dev.millwright.cli.terminal.Symbols;
import dev.millwright.cli.terminal.Terminal;
import dev.millwright.model.RunId;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FollowThroughOutageTest {
    private static final String RUN = "/api/v1/runs/" + Answers.RUN;
    private static final String AWAY = "the server does not answer; waiting for it ...\n";
    private static final String BACK = "the server answers again\n";

    private final FakeServer server = FakeServer.start();
    private final MillwrightClient client = MillwrightClient.create(URI.create(server.address()));
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @AfterEach
    void stop() {
        threads.shutdownNow();
        client.close();
        server.close();
    }

    private void answer(String status) {
        server
                .on("GET", RUN, 200, Answers.detail(status))
                .on("GET", RUN + "/steps", 200, Answers.steps(status, status, 0))
                .stream(RUN + "/events", "id: 10\nevent: end\ndata: {}\n\n");
    }

    private Future<Integer> follow() {
        var follower = new RunFollower(client, Terminal.plain(out, err, Symbols.UNICODE));
        Future<Integer> code =
                threads.submit(
                        () -> follower.follow(RunId.parse(Answers.RUN), Duration.ofMinutes(2)));
        until(code, () -> out.toString(UTF_8).contains("test: running"));
        return code;
    }

    /// A follower that ended tells nothing any longer; how it ended is what one wants to know then.
    private static void until(Future<Integer> code, Condition condition) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> {
                    if (code.isDone()) {
                        throw new AssertionError("the follower ended: " + code.get());
                    }
                    return condition.isMet();
                });
    }

    private interface Condition {
        boolean isMet();
    }

    private String told() {
        return err.toString(UTF_8);
    }

    @ParameterizedTest
    @EnumSource(names = "ANSWERING", mode = EnumSource.Mode.EXCLUDE)
    void theFollowerSaysThatTheServerIsAwayAndThatItIsBack(FakeServer.Mood mood) throws Exception {
        answer("running");
        Future<Integer> code = follow();

        server.become(mood);
        until(code, () -> told().equals(AWAY));
        answer("success");
        server.become(FakeServer.Mood.ANSWERING);

        assertThat(code.get()).isZero();
        assertThat(told()).isEqualTo(AWAY + BACK);
    }

    @Test
    void aConnectionThatStandsIsNoSignOfLife() throws Exception {
        answer("running");
        server.quietStream(RUN + "/events");
        Future<Integer> code = follow();
        until(code, () -> server.asked().stream().anyMatch(a -> a.path().equals("/healthz")));

        server.become(FakeServer.Mood.SILENT);
        until(code, () -> told().equals(AWAY));
        server.become(FakeServer.Mood.ANSWERING);

        until(code, () -> told().equals(AWAY + BACK));
    }

    @Test
    void aRunThatWasThereAndIsGoneIsSaidAtOnce() {
        answer("running");
        Future<Integer> code = follow();

        server.problem("GET", RUN, 404, "run unknown");

        assertThatThrownBy(code::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("run unknown");
    }
}
