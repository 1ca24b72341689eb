package dev.millwright.cli.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoEngineTest {
    @TempDir Path folder;

    private static String absence(String host) {
        return new DemoEngine(Map.of("DOCKER_HOST", host), Duration.ofSeconds(5)).absence();
    }

    /// An engine over TCP, which answers as the API of Docker says; gives what it was asked.
    private static List<String> engine(boolean has, boolean gets, List<String> absences)
            throws IOException {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
                    boolean isPull = exchange.getRequestMethod().equals("POST");
                    boolean isThere = has || gets && asked.size() > 2;
                    byte[] body = "{}".getBytes(US_ASCII);
                    exchange.sendResponseHeaders(isPull || isThere ? 200 : 404, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        try {
            absences.add(absence("tcp://127.0.0.1:" + server.getAddress().getPort()));
            return asked;
        } finally {
            server.stop(0);
        }
    }

    @Test
    void takesAnEngineThatHasTheImage() throws IOException {
        List<String> absences = new CopyOnWriteArrayList<>();

        List<String> asked = engine(true, false, absences);

        assertThat(absences).containsExactly("");
        assertThat(asked).containsExactly("GET /images/busybox:stable/json");
    }

    @Test
    void letsTheEngineFetchTheImage() throws IOException {
        List<String> absences = new CopyOnWriteArrayList<>();

        List<String> asked = engine(false, true, absences);

        assertThat(absences).containsExactly("");
        assertThat(asked)
                .containsExactly(
                        "GET /images/busybox:stable/json",
                        "POST /images/create?fromImage=busybox&tag=stable",
                        "GET /images/busybox:stable/json");
    }

    @Test
    void saysThatTheImageCannotBeHad() throws IOException {
        List<String> absences = new CopyOnWriteArrayList<>();

        var _ = engine(false, false, absences);

        assertThat(absences).containsExactly("the engine cannot get the image busybox:stable");
    }

    @Test
    void saysThatNothingIsThereOrAnswers() throws IOException {
        assertThat(absence("unix://" + folder.resolve("none")))
                .isEqualTo("no container engine is here");
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String host = "tcp://127.0.0.1:" + silent.getLocalPort();
            assertThat(
                            new DemoEngine(Map.of("DOCKER_HOST", host), Duration.ofMillis(200))
                                    .absence())
                    .contains("does not answer: nothing came within");
        }
    }
}
