package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.api.LiveStream;
import dev.millwright.api.event.EventQuery;
import dev.millwright.api.event.EventView;
import dev.millwright.api.run.StartRunRequest;
import dev.millwright.model.Parameters;
import dev.millwright.model.RunId;
import dev.millwright.server.event.NewEvent;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Live streams under bad conditions.
@Timeout(90)
class LiveStreamTest extends OwnServer {
    @Override
    void prepare() {
        server.pipeline(
                "many",
                """
                steps:
                  - name: all
                    parallel:
                """
                        + "      - {name: s, commands: [\"true\"]}\n".repeat(30).indent(4));
    }

    @Test
    void aSubscriberThatIsCutOffFiftyTimesSeesEachEventOnceAndInOrder() throws Exception {
        RunId run = server.client.startRun("default", "many", StartRunRequest.of(Map.of())).run();
        List<Long> seen = new ArrayList<>();
        int cuts = 0;
        boolean over = false;
        while (!over) {
            HttpResponse<InputStream> response =
                    server.http.send(
                            server.request("/api/v1/runs/" + run + "/events")
                                    .header("Accept", "text/event-stream")
                                    .header(
                                            "Last-Event-ID",
                                            Long.toString(seen.isEmpty() ? 0 : seen.getLast()))
                                    .build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                StringBuilder text = new StringBuilder();
                int events = 0;
                // Two events at a time, then the line is cut.
                while (events < 2 && !over) {
                    int next = in.read();
                    assertThat(next).isNotNegative();
                    text.append((char) next);
                    if (text.toString().endsWith("\n\n")) {
                        String block = text.toString();
                        text.setLength(0);
                        if (block.startsWith("id: ")) {
                            seen.add(Long.parseLong(block.substring(4, block.indexOf('\n'))));
                            events++;
                        }
                        over = block.startsWith("event: end");
                    }
                }
            }
            cuts++;
        }
        assertThat(cuts).isGreaterThanOrEqualTo(30);
        assertThat(seen).isEqualTo(LongStream.rangeClosed(1, seen.size()).boxed().toList());
    }

    @Test
    void aSubscriberThatDoesNotReadIsDroppedAndHurtsNobody() throws Exception {
        try (Socket lazy = new Socket();
                LiveStream<EventView> eager =
                        server.client.followEvents(EventQuery.ALL.ofType("load").after(-1))) {
            lazy.setReceiveBufferSize(4096);
            lazy.connect(new InetSocketAddress("127.0.0.1", server.web.port()));
            lazy.getOutputStream()
                    .write(
                            ("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nX-API-Key: "
                                            + server.key
                                            + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            await().until(eager::isConnected);
            int total = 20_000;
            String filling = "x".repeat(500);
            List<Long> seen = new ArrayList<>();
            for (int batch = 0; batch < total / 200; batch++) {
                server.database.change(tx -> {
                    for (int i = 0; i < 200; i++) {
                        server.journal.append(
                                tx,
                                NewEvent.of(
                                        "default",
                                        "load",
                                        "test",
                                        new Parameters(Map.of("filling", filling))));
                    }
                });
                eager.poll(Duration.ZERO).ifPresent(event -> seen.add(event.seq()));
            }
            while (seen.size() < total) {
                var event = eager.poll(Duration.ofSeconds(20));
                assertThat(event).as("after %d events", seen.size()).isPresent();
                seen.add(event.orElseThrow().seq());
            }
            assertThat(seen).isSorted().doesNotHaveDuplicates();
            // What was buffered for the lazy one is far less than all there was.
            lazy.setSoTimeout(60_000);
            long read = lazy.getInputStream().transferTo(OutputStream.nullOutputStream());
            assertThat(read).isLessThan(total * 500L);
            assertThat(server.client.health().status()).isEqualTo("ok");
        }
    }

    @Test
    void closingTheServerEndsLiveStreamsAtOnce() throws Exception {
        LiveStream<EventView> events = server.client.followEvents(EventQuery.ALL.after(-1));
        await().until(events::isConnected);
        long begin = System.nanoTime();
        server.web.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
        events.close();
    }
}
