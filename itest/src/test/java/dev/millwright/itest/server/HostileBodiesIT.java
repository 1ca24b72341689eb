package dev.millwright.itest.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.itest.system.ServerProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Bodies that are made to hurt, at the door that is open to everybody: a server with so little
/// memory that keeping one of them would end it.
@Tag("S05")
@Timeout(180)
class HostileBodiesIT {
    private static final int CALLERS = 8;
    private static final long ENDLESS = 10L << 30;

    /// What may be under way in buffers when the answer comes, of one caller.
    private static final long UNDER_WAY = 32L << 20;

    @TempDir static Path folder;
    private static ServerProcess server;

    @BeforeAll
    static void startServer() throws IOException {
        server = ServerProcess.start(folder, Map.of("JAVA_TOOL_OPTIONS", "-Xmx96m"));
        server.apply(
                """
                kind: Pipeline
                metadata: {name: open}
                spec:
                  webhook: {open: true}
                  steps: [{name: a, commands: ["true"]}]
                """);
    }

    @AfterAll
    static void closeServer() {
        server.close();
    }

    @AfterEach
    void theServerIsWell() throws IOException {
        assertThat(server.isAlive()).isTrue();
        assertThat(server.get("/readyz").at("/ready").asBoolean(false)).isTrue();
        assertThat(Files.readString(folder.resolve("server.log")))
                .doesNotContain("OutOfMemoryError");
    }

    /// @param sent bytes until it was refused
    private record Refusal(String status, long sent) {}

    @Test
    void aBodyWithoutEndIsRefusedAtOnceHoweverManySendOne() throws Exception {
        Callable<Refusal> caller = HostileBodiesIT::pour;
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Refusal> one :
                    callers.invokeAll(java.util.Collections.nCopies(CALLERS, caller))) {
                assertThat(one.get().status()).startsWith("HTTP/1.1 413 ");
                assertThat(one.get().sent()).isLessThan(UNDER_WAY);
            }
        }
    }

    /// Send until the server has answered, or closes the connection.
    private static Refusal pour() throws Exception {
        URI address = server.address("/webhook?pipeline=open");
        byte[] chunk =
                ("10000\r\n" + "x".repeat(1 << 16) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort());
                ExecutorService reading = Executors.newVirtualThreadPerTaskExecutor()) {
            InputStream in = socket.getInputStream();
            Future<String> answer = reading.submit(() -> line(in));
            OutputStream out = socket.getOutputStream();
            out.write(
                    """
                    POST /webhook?pipeline=open HTTP/1.1\r
                    Host: localhost:%d\r
                    Transfer-Encoding: chunked\r
                    \r
                    """
                            .formatted(address.getPort())
                            .getBytes(StandardCharsets.US_ASCII));
            long sent = 0;
            try {
                while (sent < ENDLESS && !answer.isDone()) {
                    out.write(chunk);
                    sent += chunk.length;
                }
            } catch (IOException closed) {
                // The answer has come before
            }
            return new Refusal(answer.get(), sent);
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\r'; next = in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.US_ASCII);
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of("depth", "{\"a\":" + nested(100_000) + "}", List.of(400)),
                Arguments.of("digits", "{\"a\":" + "9".repeat(1_000_000) + "}", List.of(400)),
                Arguments.of("exponent", "{\"a\":1e999999999}", List.of(202, 400)),
                Arguments.of("double", "{\"a\":1,\"a\":2}", List.of(400)),
                Arguments.of("keys", keys(100_000), List.of(202, 400)));
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static String keys(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"" + i + "\":1")
                .collect(Collectors.joining(",", "{", "}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void jsonThatIsMadeToHurtIsRefusedOrTaken(String name, String body, List<Integer> answers)
            throws IOException {
        for (int i = 0; i < 3; i++) {
            assertThat(
                            server.send(
                                            "POST",
                                            "/webhook?pipeline=open",
                                            body,
                                            Map.of("Content-Type", "application/json"))
                                    .statusCode())
                    .as(name)
                    .isIn(answers);
        }
    }

    /// 200 KiB that would be 200 MiB, twice what the server has.
    @Test
    void whatIsPackedIsNotUnpacked() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                gzip.write(zeros);
            }
        }
        assertThat(
                        server.send(
                                        "POST",
                                        "/webhook?pipeline=open",
                                        packed.toByteArray(),
                                        Map.of(
                                                "Content-Type",
                                                "application/json",
                                                "Content-Encoding",
                                                "gzip"))
                                .statusCode())
                .isIn(400, 413, 415);
    }
}
