package dev.millwright.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.api.run.Status;
import dev.millwright.host.use.Point;
import dev.millwright.model.AttemptId;
import dev.millwright.model.RunId;
import dev.millwright.model.run.Outcome;
import dev.millwright.plugin.export.Occasion;
import dev.millwright.plugin.notify.Notification.Change;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Looks for the value of a secret everywhere after a run that tells it in every way it can.
@Tag("S1.12")
final class SecretTracesTest extends SecretStoreFixture {
    private static final String CODED =
            Base64.getEncoder().withoutPadding().encodeToString(VALUE.getBytes(UTF_8));
    private static final String STARS = "*".repeat(VALUE.length());
    private static final Traces TRACES = new Traces(SecretTracesTest::holdsValue);
    private static final String SPAN = "eee19b7ec3c1b173";

    private final KeepingNotifier notifier = new KeepingNotifier();
    private final KeepingExporter exporter = new KeepingExporter("keeping-exports");

    @Override
    void prepare() throws Exception {
        super.prepare();
        var _ =
                server.plugins
                        .extensions()
                        .add(Point.NOTIFIER, notifier)
                        .add(Point.EXPORTER, exporter);
        assertThat(
                        server.client
                                .apply(
                                        """
                                        kind: Notifier
                                        metadata: {name: mail}
                                        spec: {type: keeping, with: {to: team}}
                                        ---
                                        kind: Exporter
                                        metadata: {name: traces}
                                        spec: {type: keeping-exports, with: {word: w}}
                                        """,
                                        "default",
                                        false)
                                .isAccepted())
                .isTrue();
        server.pipeline(
                "chatty",
                """
                steps:
                  - name: tell
                    commands:
                      - 'echo "it is $TOKEN"; echo "it is $TOKEN" >&2; printf %s "$TOKEN" | base64'
                      - 'echo "out=$TOKEN" >> "$MILLWRIGHT_OUTPUT"'
                      - 'touch "$GO.began"; until [ -e "$GO" ]; do sleep 0.05; done; exit 3'
                    environment:
                      TOKEN: {from_secret: nexus/ci/upload#token}
                      GO: "FOLDER/go"
                """
                        .replace("FOLDER", directory.toString()));
    }

    @Test
    void theValueIsNowhereAfterARunThatToldIt() throws Exception {
        RunId run = server.begin("chatty");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Files.exists(directory.resolve("go.began")));
        AttemptId attempt = server.system.runs().view(run).orElseThrow().attempts().getFirst().id();
        tell(attempt, "/v1/traces", spans("aaa19b7ec3c1b173", VALUE));
        tell(attempt, "/v1/logs", record(VALUE));
        // What a step itself writes into its files is the node's until the attempt has ended
        assertThat(filesWithTheValue())
                .as("while the step runs")
                .allMatch(file -> file.startsWith(directory.resolve("node/attempts")));
        Files.createFile(directory.resolve("go"));
        assertThat(server.finish(run).outcome()).isEqualTo(Outcome.FAILURE);
        assertThat(server.step(run, FIRST).status()).isEqualTo(Status.FAILURE);
        tell(attempt, "/v1/traces", spans(SPAN, VALUE));
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        notifier.changes().contains(Change.BROKEN)
                                && exporter.exports().stream()
                                        .anyMatch(e -> e.occasion() == Occasion.RUN_FINISHED));

        assertThat(log(run)).contains("it is " + STARS, "told: " + STARS);
        assertThat(server.get("/api/v1/runs/" + run + "/steps/0/0/results").body())
                .contains("GET /?t=" + STARS, "\"" + STARS + "\"");
        List<String> told = new ArrayList<>(exporter.lines());
        notifier.messages().forEach(message -> told.add(message.toString()));
        exporter.exports().forEach(export -> told.add(export.run().toString()));
        assertThat(told).as("what others are told").anyMatch(text -> text.contains(STARS));
        assertThat(told).noneMatch(SecretTracesTest::holdsValue);
        for (String path : answers(run)) {
            HttpResponse<String> answer = server.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(holdsValue(answer.body())).as(path).isFalse();
        }
        assertThat(TRACES.cells(server.database)).as("cells of the database").isEmpty();
        assertThat(filesWithTheValue()).as("files, the database's among them").isEmpty();
    }

    private static List<String> answers(RunId run) {
        String one = "/api/v1/runs/" + run;
        return List.of(
                "/api/v1/runs",
                one,
                one + "/explain",
                one + "/steps",
                one + "/steps/0/0/log",
                one + "/steps/0/0/log?format=text",
                one + "/steps/0/0/results",
                one + "/events",
                "/api/v1/events",
                "/api/v1/namespaces/default/pipelines/chatty",
                "/api/v1/namespaces/default/secret-stores/nexus");
    }

    private void tell(AttemptId attempt, String path, String body) throws Exception {
        Map<String, String> variables = server.tokens.environment(attempt);
        String token =
                variables
                        .get("OTEL_EXPORTER_OTLP_HEADERS")
                        .substring("x-millwright-step=".length());
        HttpResponse<String> answer =
                server.send(
                        HttpRequest.newBuilder(server.address("/otlp" + path))
                                .header("Content-Type", "application/json")
                                .header("x-millwright-step", token)
                                .POST(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{}");
    }

    private static String spans(String id, String value) {
        return """
        {"resourceSpans": [{
          "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "s @"}}]},
          "scopeSpans": [{"scope": {"name": "lib @"}, "spans": [
            {"traceId": "5b8efff798038103d269b633813fc60c", "spanId": "ID", "name": "GET /?t=@",
             "startTimeUnixNano": "5000", "endTimeUnixNano": "6000",
             "status": {"code": 2, "message": "not for @"},
             "attributes": [
               {"key": "header", "value": {"stringValue": "@"}},
               {"key": "of @", "value": {"arrayValue": {"values": [{"stringValue": "Basic C"}]}}},
               {"key": "in", "value": {"kvlistValue": {"values": [
                 {"key": "@", "value": {"stringValue": "@"}}]}}}],
             "events": [{"timeUnixNano": "5500", "name": "@ thrown",
               "attributes": [{"key": "text", "value": {"stringValue": "@"}}]}]}]}]}]}
        """
                .replace("ID", id)
                .replace("@", value)
                .replace("Basic C", "Basic " + CODED);
    }

    private static String record(String value) {
        return """
        {"resourceLogs": [{"scopeLogs": [{"logRecords": [
          {"severityNumber": 9, "body": {"stringValue": "told: %s"},
           "attributes": [{"key": "t", "value": {"stringValue": "%s"}}]}]}]}]}
        """
                .formatted(value, value);
    }

    private static boolean holdsValue(String text) {
        // All but the last character of base64: that may belong to what follows
        return text.contains(VALUE) || text.contains(CODED.substring(0, CODED.length() - 1));
    }

    /// All that is there but the store itself.
    private List<Path> filesWithTheValue() throws IOException {
        server.database.durable(_ -> true);
        return TRACES.files(directory, store);
    }
}
