package dev.millwright.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FlowingBodyTest {
    private static final Duration SILENCE = Duration.ofMillis(1_500);

    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;
    private Transport transport;

    private interface Body {
        void to(OutputStream out) throws IOException, InterruptedException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        transport =
                new Transport(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                        "",
                        SILENCE);
    }

    @AfterEach
    void stop() {
        over.countDown();
        transport.close();
        server.stop(0);
    }

    private void body(Body body) {
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    try (OutputStream out = exchange.getResponseBody()) {
                        body.to(out);
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    private void stops(OutputStream out) throws IOException, InterruptedException {
        out.write("{\"name\":".getBytes(UTF_8));
        out.flush();
        over.await();
    }

    @Test
    void anAnswerThatStopsInItsMiddleIsNoAnswer() {
        body(this::stops);

        assertThatThrownBy(() -> transport.get("/x", Map.of(), Map.class))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.isUnreachable()).isTrue())
                .hasMessageEndingWith("timed out");
        assertThatThrownBy(() -> transport.copy("/x", Map.of(), OutputStream.nullOutputStream()))
                .isInstanceOf(ApiException.class)
                .hasMessageEndingWith("timed out");
    }

    @Test
    void anAnswerThatFlowsMayTakeAnyTime() {
        body(out -> {
            for (int i = 0; i < 10; i++) {
                out.write('x');
                out.flush();
                boolean _ = over.await(SILENCE.toMillis() / 8, TimeUnit.MILLISECONDS);
            }
        });
        ByteArrayOutputStream copy = new ByteArrayOutputStream();

        transport.copy("/x", Map.of(), copy);

        assertThat(copy.toString(UTF_8)).isEqualTo("x".repeat(10));
    }

    @Test
    void aSlowReaderIsNoSilence() {
        body(out -> out.write(new byte[1 << 20]));
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        OutputStream slow =
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        copy.write(b);
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) throws IOException {
                        if (copy.size() == 0) {
                            pause(SILENCE.multipliedBy(3));
                        }
                        copy.write(bytes, offset, length);
                    }
                };

        transport.copy("/x", Map.of(), slow);

        assertThat(copy.size()).isEqualTo(1 << 20);
    }

    private void pause(Duration time) {
        try {
            boolean _ = over.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
