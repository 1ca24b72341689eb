package dev.millwright.server.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// How calls find their route and what they are answered.
class HttpListenerTest extends ListenerFixture {
    @Test
    void openRoutesAnswerWithoutAKeyAndWithSafeHeaders() throws Exception {
        HttpResponse<String> response = send(get("/open"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(response.headers().map())
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .doesNotContainKeys("server", "x-powered-by");
    }

    @Test
    void headAnswersLikeGetWithoutABody() throws Exception {
        HttpResponse<String> response =
                send(request("/open").method("HEAD", BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void http2InTheClearWorks() throws Exception {
        try (HttpClient two = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            HttpResponse<String> first = two.send(get("/open").build(), BodyHandlers.ofString());
            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(first.version()).isEqualTo(HttpClient.Version.HTTP_2);
        }
    }

    @Test
    void aKnownTagIsAnsweredWith304() throws Exception {
        HttpResponse<String> response = send(get("/open").header("If-None-Match", "W/\"7\""));
        assertThat(response.statusCode()).isEqualTo(304);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void unknownAddressesAreProblems() throws Exception {
        JsonNode problem = problem(send(get("/nowhere")), 404);
        assertThat(problem.get("type").asString()).isEqualTo("/problems/not-found");
        assertThat(problem.get("instance").asString()).isEqualTo("/nowhere");
        assertThat(problem.get("traceId").asString()).hasSize(32);
    }

    @Test
    void theCallersTraceIsNamed() throws Exception {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        HttpRequest.Builder request =
                get("/nowhere").header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01");
        assertThat(problem(send(request), 404).get("traceId").asString()).isEqualTo(trace);
    }

    @Test
    void otherMethodsAreRefusedWithTheAllowedOnes() throws Exception {
        HttpResponse<String> response = send(request("/open").DELETE());
        problem(response, 405);
        assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void routesAskForTheirAccess() throws Exception {
        HttpResponse<String> none = send(get("/items/1"));
        problem(none, 401);
        assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        problem(send(get("/items/1").header("Authorization", "Bearer " + VIEWER + "x")), 401);
        assertThat(send(get("/items/1").header("Authorization", "Bearer " + VIEWER)).statusCode())
                .isEqualTo(200);
        assertThat(send(get("/items/1").header("X-API-Key", VIEWER)).statusCode()).isEqualTo(200);
        problem(send(post("/start", "{}").header("X-API-Key", VIEWER)), 403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=501",
                "limit=x",
                "stream=both",
                "foo=1",
                "limit=1&limit=2"
            })
    void wrongParametersAreNamed(String query) throws Exception {
        HttpResponse<String> response = send(get("/items/1?" + query).header("X-API-Key", VIEWER));
        JsonNode problem = problem(response, 400);
        assertThat(problem.get("errors").get(0).get("pointer").asString())
                .isEqualTo(query.substring(0, query.indexOf('=')));
    }

    @Test
    void longPathsBindToOneVariable() throws Exception {
        HttpResponse<String> response =
                send(
                        post("/items/0/2/1/approve", "{\"approved\":true}")
                                .header("X-API-Key", ADMIN));
        assertThat(response.body()).contains("\"0/2/1\"");
    }

    @Test
    void whatBreaksInsideShowsNothingOfTheInside() throws Exception {
        HttpResponse<String> response = send(get("/broken"));
        assertThat(problem(response, 500).get("detail").asString()).contains("trace");
        assertThat(response.body()).doesNotContain("secret", "Exception", "at dev.");
    }
}
