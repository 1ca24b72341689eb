package dev.millwright.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.api.run.ResultView;
import dev.millwright.api.run.Status;
import dev.millwright.model.AttemptId;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A server with a step that runs; the test speaks for the step.
abstract class StepTelemetryFixture extends SharedServer {
    static final StepPath FIRST = StepPath.parse("0/0");
    static final String TRACE = "5b8efff798038103d269b633813fc60c";
    static final String PARENT = "eee19b7ec3c1b173";
    static final String CHILD = "eee19b7ec3c1b174";

    RunId run;
    AttemptId attempt;
    String token;

    @Override
    void prepare() {
        server.pipeline("slow", "steps: [{name: wait, commands: [sleep 60]}]");
    }

    @BeforeEach
    void begin() {
        run = server.begin("slow");
        server.awaitStep(run, FIRST, Status.RUNNING);
        attempt = server.system.runs().view(run).orElseThrow().attempts().getFirst().id();
        Map<String, String> variables = server.tokens.environment(attempt);
        assertThat(variables)
                .containsEntry("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost/otlp")
                .containsEntry("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        token =
                variables
                        .get("OTEL_EXPORTER_OTLP_HEADERS")
                        .substring("x-millwright-step=".length());
    }

    @AfterEach
    void end() {
        if (server.step(run, FIRST).status() == Status.RUNNING) {
            server.system.runs().cancel(run, "test", "", true);
        }
    }

    static String span(String id, String parent, String name, long startNanos) {
        return """
        {"traceId": "%s", "spanId": "%s", "parentSpanId": "%s", "name": "%s",
         "startTimeUnixNano": "%d", "endTimeUnixNano": "%d", "status": {"code": %d},
         "attributes": [{"key": "n", "value": {"intValue": "1"}}]}
        """
                .formatted(
                        TRACE,
                        id,
                        parent,
                        name,
                        startNanos,
                        startNanos + 1_500_000,
                        name.equals("bad") ? 2 : 0);
    }

    static String spans(String... spans) {
        return "{\"resourceSpans\": [{\"scopeSpans\": [{\"spans\": [%s]}]}]}"
                .formatted(String.join(",", spans));
    }

    static String log(long nanos, int severity, String text) {
        return """
        {"resourceLogs": [{"scopeLogs": [{"logRecords": [
          {"timeUnixNano": "%d", "severityNumber": %d, "body": {"stringValue": "%s"}}]}]}]}
        """
                .formatted(nanos, severity, text);
    }

    static long now() {
        return Instant.now().toEpochMilli() * 1_000_000;
    }

    HttpRequest.Builder request(String path, byte[] body) {
        return HttpRequest.newBuilder(server.address("/otlp" + path))
                .header("Content-Type", "application/json")
                .header("x-millwright-step", token)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    HttpResponse<String> send(String path, String body) throws Exception {
        return server.send(request(path, body.getBytes(UTF_8)));
    }

    List<ResultView> results() {
        return server.client.results(run, FIRST, 0, "").items();
    }
}
