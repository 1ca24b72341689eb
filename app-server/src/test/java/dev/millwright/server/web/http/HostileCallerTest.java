package dev.millwright.server.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What must not come in: other hosts and sites, keys in the wrong place, and what is hardly HTTP.
class HostileCallerTest extends ListenerFixture {
    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil", "10.0.0.1", "127.0.0.1.nip.io", ""})
    void foreignHostNamesAreRefused(String host) throws Exception {
        assertThat(raw("GET /open HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .containsAnyOf("HTTP/1.1 421", "HTTP/1.1 400");
    }

    @Test
    void foreignHostsInTheRequestLineAreRefused() throws Exception {
        assertThat(
                        raw(
                                "GET http://evil.example/open HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .containsAnyOf("HTTP/1.1 421", "HTTP/1.1 400");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "127.0.0.1:1", "[::1]:8080", "ci.example.org", "LOCALHOST"})
    void ownHostNamesAreAnswered(String host) throws Exception {
        assertThat(raw("GET /open HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void pagesOfOtherSitesCannotChangeAnything() throws Exception {
        for (String origin : List.of("https://evil.example", "null", "http://127.0.0.1:1")) {
            problem(send(post("/hook", "x").header("Origin", origin)), 403);
            problem(send(post("/start", "{}").header("Origin", origin)), 403);
        }
        problem(send(post("/hook", "x").header("Sec-Fetch-Site", "cross-site")), 403);
        String own = "http://127.0.0.1:" + listener.port();
        assertThat(send(post("/hook", "x").header("Origin", own)).statusCode()).isEqualTo(200);
        assertThat(send(post("/hook", "x").header("Origin", "https://ci.example.org")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void keysInAddressesAndBasicAuthenticationAreRefused() throws Exception {
        problem(send(get("/items/1?key=" + VIEWER)), 400);
        problem(send(get("/items/1?access_token=abc")), 400);
        problem(send(post("/hook?x=" + VIEWER, "")), 400);
        problem(send(get("/items/" + VIEWER)), 400);
        problem(send(get("/items/1").header("Authorization", "Basic bXc6eA==")), 400);
        assertThat(send(post("/hook?token=abc", "")).statusCode()).isEqualTo(200);
    }

    @Test
    void hugeHeadersAreRefusedAsAProblem() throws Exception {
        String answer =
                raw(
                        "GET /open HTTP/1.1\r\nHost: localhost\r\nX: "
                                + "x".repeat(20_000)
                                + "\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 431").contains("application/problem+json");
    }

    @Test
    void whatIsNotHttpIsRefusedWithoutInsides() throws Exception {
        assertThat(raw("hello\r\n\r\n")).startsWith("HTTP/1.1 400").doesNotContain("Exception");
        assertThat(raw("GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(
                        raw(
                                "GET /items/../open HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .containsAnyOf("HTTP/1.1 404", "HTTP/1.1 400");
    }

    @Test
    void silentConnectionsAreClosed() throws Exception {
        assertThat(raw("GET /open HT")).doesNotStartWith("HTTP/1.1 200");
    }

    @Test
    void callersThatDoNotReadHurtNobody() throws Exception {
        try (Socket lazy = connect()) {
            lazy.setReceiveBufferSize(1024);
            write(lazy, "GET /ticks HTTP/1.1\r\nHost: localhost\r\n\r\n");
            HttpResponse<InputStream> eager =
                    client.send(get("/ticks").build(), BodyHandlers.ofInputStream());
            try (InputStream in = eager.body()) {
                assertThat(new String(in.readNBytes(60), UTF_8)).startsWith("data: 0\n\ndata: 1");
            }
            assertThat(send(get("/open")).statusCode()).isEqualTo(200);
        }
    }
}
