package dev.millwright.server.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What callers may send, and how they learn what was wrong with it.
@Tag("S05")
class RequestBodyTest extends ListenerFixture {
    @Test
    void malformedJsonIsLocated() throws Exception {
        HttpResponse<String> response =
                send(post("/start", "{\"inputs\":\n  {\"a\": }}").header("X-API-Key", ADMIN));
        JsonNode error = problem(response, 400).get("errors").get(0);
        assertThat(error.get("line").asInt()).isEqualTo(2);
        assertThat(error.get("column").asInt()).isPositive();
    }

    @Test
    void unknownPropertiesAreLocated() throws Exception {
        HttpResponse<String> response =
                send(post("/start", "{\"input\": {}}").header("X-API-Key", ADMIN));
        JsonNode problem = problem(response, 400);
        assertThat(problem.get("errors").get(0).get("pointer").asString()).isEqualTo("/input");
        assertThat(problem.get("detail").asString()).contains("inputs");
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 100_000})
    void deepJsonIsRefused(int depth) throws Exception {
        String bomb = "{\"inputs\":{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}}";
        problem(send(post("/start", bomb).header("X-API-Key", ADMIN)), 400);
    }

    @Test
    void doubleKeysAndHugeNumbersAreRefused() throws Exception {
        problem(
                send(post("/start", "{\"inputs\":{},\"inputs\":{}}").header("X-API-Key", ADMIN)),
                400);
        String huge = "{\"inputs\":{\"n\":" + "9".repeat(500_000) + "}}";
        problem(send(post("/start", huge).header("X-API-Key", ADMIN)), 400);
    }

    @Test
    void bodiesAboveOneMebibyteAreRefusedHoweverTheyCome() throws Exception {
        byte[] big = new byte[(1 << 20) + 1];
        HttpRequest.Builder whole = request("/hook").POST(BodyPublishers.ofByteArray(big));
        problem(send(whole), 413);
        String chunk = "10000\r\n" + "x".repeat(1 << 16) + "\r\n";
        try (Socket socket = connect()) {
            write(
                    socket,
                    "POST /hook HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + chunk.repeat(17));
            assertThat(head(socket.getInputStream()))
                    .startsWith("HTTP/1.1 413")
                    .contains("Connection: close");
        }
        assertThat(
                        send(request("/hook").POST(BodyPublishers.ofByteArray(new byte[1 << 20])))
                                .body())
                .isEqualTo("{\"size\":1048576}");
    }

    @Test
    void otherFormatsAreRefused() throws Exception {
        problem(send(get("/open").header("Accept", "image/png")), 406);
        HttpRequest.Builder text =
                request("/start")
                        .header("X-API-Key", ADMIN)
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("{}"));
        problem(send(text), 415);
        problem(
                send(
                        post("/start", "{}")
                                .header("X-API-Key", ADMIN)
                                .header("Content-Encoding", "gzip")),
                415);
    }

    private static String head(InputStream in) throws Exception {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
