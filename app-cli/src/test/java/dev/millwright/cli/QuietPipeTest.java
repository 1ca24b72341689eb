package dev.millwright.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class QuietPipeTest {
    private static final String EVENT =
            "id: 7\ndata: {\"seq\":7,\"at\":\"2026-01-01T00:00:00Z\",\"namespace\":\"default\",\"type\":\"run.finished\",\"subject\":\"x\",\"data\":{}}\n\n";

    private final CountDownLatch over = new CountDownLatch(1);

    /// One event, and then nothing for as long as the test lasts.
    private void answer(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (var out = exchange.getResponseBody()) {
            out.write(EVENT.getBytes(UTF_8));
            out.flush();
            over.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aFollowerEndsWithItsReaderEvenWhenNothingHappens() throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                CliMain.class.getName(),
                                "events",
                                "-f",
                                "--server",
                                "http://127.0.0.1:" + server.getAddress().getPort())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var reader = process.inputReader(UTF_8)) {
            assertThat(reader.readLine()).contains("run.finished");
        }
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
            over.countDown();
            server.stop(0);
        }
    }
}
