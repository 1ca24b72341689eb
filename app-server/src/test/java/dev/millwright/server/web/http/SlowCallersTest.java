package dev.millwright.server.web.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.api.server.HealthView;
import dev.millwright.server.access.Access;
import dev.millwright.server.web.route.Answer;
import dev.millwright.server.web.route.Bodies;
import dev.millwright.server.web.route.Guards;
import dev.millwright.server.web.route.Repeats;
import dev.millwright.server.web.route.Reply;
import dev.millwright.server.web.route.RequestBody;
import dev.millwright.server.web.route.Route;
import dev.millwright.server.web.route.RouteTable;
import dev.millwright.server.web.route.Router;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Callers who send a byte now and then, so that no connection is ever silent.
@Tag("S07")
final class SlowCallersTest {
    private static final int CALLERS = 500;
    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTS = 10;
    private static final String GET = "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String POST =
            "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n";
    private static final String HTTP_2 = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final String SETTINGS = "\0\0\0\4\0\0\0\0\0";
    private static final String HALF_A_FRAME = "\0\77\0\143\0\0\0\0\0";

    private final HttpListener listener =
            HttpListener.open(
                    "127.0.0.1",
                    0,
                    new HttpLimits(1 << 20, 16 << 10, Duration.ofMinutes(5), SLOW, 1_000),
                    router());
    private final List<Socket> sockets = new ArrayList<>();

    private static Router router() {
        RouteTable table =
                RouteTable.of(
                        List.of(
                                Route.get("/open", Access.OPEN, "t", "Open")
                                        .gives(Reply.json(200, HealthView.class, "Well"))
                                        .by(_ -> Answer.ok(HealthView.OK)),
                                Route.get("/ticks", Access.OPEN, "t", "Ticks")
                                        .gives(Reply.text(200, Reply.EVENTS, "For ever"))
                                        .by(_ ->
                                                Answer.streamed(
                                                        Reply.EVENTS,
                                                        SlowCallersTest::tickForEver)),
                                Route.post("/hook", Access.HOOK, "t", "Hook")
                                        .takes(RequestBody.anything())
                                        .gives(Reply.json(200, Map.class, "Size"))
                                        .by(call ->
                                                Answer.ok(Map.of("size", call.body().length)))));
        return new Router(
                table,
                Guards.of("127.0.0.1", true, Optional.empty()),
                _ -> Optional.empty(),
                Repeats.NONE,
                _ -> Optional.empty(),
                new Bodies());
    }

    private static void tickForEver(OutputStream out) throws IOException, InterruptedException {
        while (true) {
            out.write('.');
            out.flush();
            Thread.sleep(20);
        }
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        listener.close();
    }

    private Socket connect(String... words) throws IOException {
        Socket socket = new Socket("127.0.0.1", listener.port());
        sockets.add(socket);
        socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
        socket.getOutputStream().write(String.join("", words).getBytes(US_ASCII));
        return socket;
    }

    private static boolean sends(Socket socket) {
        try {
            socket.getOutputStream().write('a');
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    private void assertAnswering(HttpClient client) throws Exception {
        URI open = URI.create("http://127.0.0.1:" + listener.port() + "/open");
        HttpRequest request = HttpRequest.newBuilder(open).timeout(PATIENCE).build();
        assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }

    @Test
    void slowCallersAreCutOffWhereverTheyAreAndOthersAreAnswered() throws Exception {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < CALLERS / 5; i++) {
            slow.add(connect("GET /open HTTP/1.1\r\nHost: localhost\r\nX: "));
            // The second request of a connection
            slow.add(connect(GET.formatted("/open"), "GET /"));
            slow.add(connect(POST.formatted("/hook", 100_000), "{"));
            // Refused already, but it has to be read before the answer gets through
            slow.add(connect(POST.formatted("/nowhere", 100_000), "{"));
            slow.add(connect(HTTP_2, SETTINGS, HALF_A_FRAME));
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> {
                        assertAnswering(client);
                        slow.removeIf(socket -> !sends(socket));
                        return slow.isEmpty();
                    });
        }
    }

    @Test
    void whoeverHasAReasonToBeSlowIsNotCutOff() throws Exception {
        Socket kept = connect(GET.formatted("/open"));
        awaitAnswer(kept);
        Socket following = connect(GET.formatted("/ticks"));
        byte[] part = new byte[4 * SlowCallers.BYTES_PER_SECOND];
        Arrays.fill(part, (byte) 'a');
        Socket steady = connect(POST.formatted("/hook", PARTS * part.length));
        steady.getOutputStream().write(part);
        // For much longer than what is slow
        Duration step = SLOW.multipliedBy(4).dividedBy(PARTS);
        for (int i = 1; i < PARTS; i++) {
            await().pollDelay(step).until(() -> true);
            steady.getOutputStream().write(part);
        }

        awaitAnswer(steady);
        kept.getOutputStream().write(GET.formatted("/open").getBytes(US_ASCII));
        awaitAnswer(kept);
        int waiting = following.getInputStream().available();
        await().until(() -> following.getInputStream().available() > waiting);
    }

    private static void awaitAnswer(Socket socket) throws IOException {
        StringBuilder said = new StringBuilder();
        while (!said.toString().contains("HTTP/1.1 200")) {
            int next = socket.getInputStream().read();
            assertThat(next).as("after '%s'", said).isNotNegative();
            var _ = said.append((char) next);
        }
    }
}
