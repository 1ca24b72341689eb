package dev.millwright.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.api.Page;
import dev.millwright.api.run.ResultView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// What steps may not tell, and how they are told so.
@Tag("S1.35")
class StepTelemetryLimitsTest extends StepTelemetryFixture {
    @Test
    void onlyTheStepsOwnTokenIsLetIn() throws Exception {
        token = token.substring(0, 90) + "000000";
        HttpResponse<String> answer = send("/v1/traces", spans());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("\"code\":16").contains("OTEL_EXPORTER_OTLP_HEADERS");
    }

    @Test
    void aTokenExpiresSoonAfterTheStepsEnd() throws Exception {
        server.system.runs().cancel(run, "test", "", true);
        server.finish(run);
        String body = spans(span(PARENT, "", "last words", now()));
        assertThat(send("/v1/traces", body).statusCode()).isEqualTo(200);
        assertThat(results()).hasSize(1);
        server.database.change(tx ->
                tx.handle()
                        .execute(
                                "update attempts set finished_at = ? where id = ?",
                                Instant.now().minusSeconds(61),
                                attempt.value()));
        HttpResponse<String> late = send("/v1/traces", body);
        assertThat(late.statusCode()).isEqualTo(401);
        assertThat(late.body()).contains("has ended");
    }

    @Test
    void bodiesThatAreNoOtlpGetAStatus() throws Exception {
        HttpResponse<String> answer = send("/v1/traces", "{\"resourceSpans\": [1]}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JsonMapper.shared().readTree(answer.body()).at("/code").asInt()).isEqualTo(3);
        HttpRequest.Builder proto =
                HttpRequest.newBuilder(server.address("/otlp/v1/traces"))
                        .header("Content-Type", "application/x-protobuf")
                        .header("x-millwright-step", token)
                        .POST(HttpRequest.BodyPublishers.ofString("plain text"));
        HttpResponse<String> binary = server.send(proto);
        assertThat(binary.statusCode()).isEqualTo(400);
        assertThat(binary.headers().firstValue("content-type")).contains("application/x-protobuf");
        assertThat(binary.body()).startsWith("\b\u0003\u0012").contains("no protobuf");
        HttpRequest.Builder nothing =
                HttpRequest.newBuilder(server.address("/otlp/v1/traces"))
                        .header("x-millwright-step", token)
                        .POST(HttpRequest.BodyPublishers.ofString("{}"));
        assertThat(server.send(nothing).statusCode()).isEqualTo(415);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    @Test
    void compressedBodiesAreTakenUpToALimit() throws Exception {
        byte[] body = spans(span(PARENT, "", "packed", 5)).getBytes(UTF_8);
        assertThat(
                        server.send(
                                        request("/v1/traces", gzip(body))
                                                .header("Content-Encoding", "gzip"))
                                .statusCode())
                .isEqualTo(200);
        assertThat(results()).extracting(ResultView::name).containsExactly("packed");
        HttpResponse<String> bomb =
                server.send(
                        request("/v1/traces", gzip(new byte[50 << 20]))
                                .header("Content-Encoding", "gzip"));
        assertThat(bomb.statusCode()).isEqualTo(413);
        assertThat(bomb.body()).contains("unpacked");
        assertThat(
                        server.send(request("/v1/traces", body).header("Content-Encoding", "gzip"))
                                .statusCode())
                .isEqualTo(400);
        assertThat(server.send(request("/v1/traces", new byte[5 << 20])).statusCode())
                .isEqualTo(413);
    }

    @Test
    void aStepSendsNoMoreThanSoManySpans() throws Exception {
        for (int batch = 0; batch < 2; batch++) {
            List<String> many = new ArrayList<>();
            for (int i = 0; i < 3_000; i++) {
                many.add(span("%016x".formatted(batch * 10_000 + i + 1), "", "s", 5 + i));
            }
            HttpResponse<String> answer = send("/v1/traces", spans(many.toArray(String[]::new)));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .isEqualTo(
                            batch == 0
                                    ? "{}"
                                    : "{\"partialSuccess\":{\"rejectedSpans\":\"1000\",\"errorMessage\":\"a step may send 5000 spans\"}}");
        }
        assertThat(server.step(run, FIRST).results()).isEqualTo(5_000);
        int seen = 0;
        String cursor = "";
        do {
            Page<ResultView> page = server.client.results(run, FIRST, 0, cursor);
            seen += page.items().size();
            cursor = page.nextCursor() == null ? "" : page.nextCursor();
        } while (!cursor.isEmpty());
        assertThat(seen).isEqualTo(5_000);
    }

    @Test
    void whoSendsTooOftenIsToldToWait() throws Exception {
        HttpResponse<String> answer = null;
        for (int i = 0; i < 200 && (answer == null || answer.statusCode() == 200); i++) {
            answer = send("/v1/traces", spans());
        }
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("retry-after")).contains("1");
    }

    @Test
    void metricsAreRefusedPolitely() throws Exception {
        HttpResponse<String> answer =
                send(
                        "/v1/metrics",
                        """
                        {"resourceMetrics": [{"scopeMetrics": [{"metrics": [
                          {"name": "a", "sum": {"dataPoints": [{"asInt": "1"}]}}]}]}]}
                        """);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"rejectedDataPoints\":\"1\"")
                .contains("OTEL_METRICS_EXPORTER=none");
    }
}
