package dev.millwright.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Kills the server at the points where a crash is most telling. What was really carried out is
/// read from a file that the steps append to, never from the database that is being judged.
class KilledServerIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> STEPS = List.of("one", "two", "three");

    @TempDir Path folder;

    private Path truth() {
        return folder.resolve("truth");
    }

    private String pipeline() {
        return """
        apiVersion: v1alpha
        kind: Pipeline
        metadata: {name: truth}
        spec:
          webhook: {open: true}
          environment: {TRUTH: "%s"}
          steps:
            - {name: one, commands: ['echo one >> "$TRUTH"', sleep 0.1]}
            - name: both
              parallel:
                - {name: two, commands: ['echo two >> "$TRUTH"', sleep 0.1]}
                - sequence:
                    - {name: three, commands: ['echo three >> "$TRUTH"']}
        """
                .formatted(truth());
    }

    private static Map<String, String> delivery() {
        return Map.of("X-Delivery-Id", "the-only-one");
    }

    private static String deliver(ServerProcess server) throws IOException {
        HttpResponse<String> answer =
                server.send("POST", "/webhook?pipeline=truth", "", delivery());
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202);
        JsonNode body = JSON.readTree(answer.body());
        return body.at("/runs/0").asString("");
    }

    @Tag("K")
    @ParameterizedTest
    @ValueSource(strings = {"K01", "K02", "K03", "K05", "K06", "K07", "K08", "K10", "K11"})
    void everyStepRunsOnceWhereverTheServerIsKilled(String point) throws IOException {
        try (ServerProcess first =
                ServerProcess.start(folder, Map.of("MILLWRIGHT_TEST_CRASH", point))) {
            first.apply(pipeline());
            try {
                first.send("POST", "/webhook?pipeline=truth", "", delivery());
            } catch (IOException died) {
                // The answer may or may not have come out before the end
            }
            first.awaitDeath();
        }
        try (ServerProcess second = ServerProcess.start(folder, Map.of())) {
            String run = deliver(second);
            assertThat(second.awaitEnd(run)).isEqualTo("success");
            assertThat(ServerProcess.text(truth()).lines())
                    .containsExactlyInAnyOrderElementsOf(STEPS);
            assertThat(second.get("/api/v1/runs").at("/items")).hasSize(1);
        }
    }

    @Test
    @Tag("K12")
    void aCancelThatWasStoredIsCarriedOutAfterTheKill() throws IOException {
        String slow =
                """
                apiVersion: v1alpha
                kind: Pipeline
                metadata: {name: truth}
                spec:
                  webhook: {open: true}
                  environment: {TRUTH: "%s"}
                  steps:
                    - {name: long, commands: ['echo begun >> "$TRUTH"', sleep 60, 'echo ended >> "$TRUTH"']}
                """
                        .formatted(truth());
        String run;
        try (ServerProcess first =
                ServerProcess.start(folder, Map.of("MILLWRIGHT_TEST_CRASH", "K12"))) {
            first.apply(slow);
            run = deliver(first);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> ServerProcess.text(truth()).contains("begun"));
            try {
                first.send("POST", "/api/v1/runs/" + run + "/cancel", "", Map.of());
            } catch (IOException died) {
                // That is what K12 is for
            }
            first.awaitDeath();
        }
        try (ServerProcess second = ServerProcess.start(folder, Map.of())) {
            assertThat(second.awaitEnd(run)).isEqualTo("cancelled");
            assertThat(ServerProcess.text(truth()).lines()).containsExactly("begun");
        }
    }

    @Test
    void aStepThatRunsGoesOnWhileTheServerIsAway() throws IOException {
        String slow =
                """
                apiVersion: v1alpha
                kind: Pipeline
                metadata: {name: truth}
                spec:
                  webhook: {open: true}
                  environment: {TRUTH: "%s"}
                  steps:
                    - {name: long, commands: ['echo begun >> "$TRUTH"; echo first line', 'while [ ! -e "$TRUTH.go" ]; do sleep 0.05; done', echo last line]}
                    - {name: next, commands: ['echo next >> "$TRUTH"']}
                """
                        .formatted(truth());
        String run;
        try (ServerProcess first = ServerProcess.start(folder, Map.of())) {
            first.apply(slow);
            run = deliver(first);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> ServerProcess.text(truth()).contains("begun"));
            first.kill();
        }
        java.nio.file.Files.createFile(folder.resolve("truth.go"));
        try (ServerProcess second = ServerProcess.start(folder, Map.of())) {
            assertThat(second.awaitEnd(run)).isEqualTo("success");
            assertThat(ServerProcess.text(truth()).lines()).containsExactly("begun", "next");
            assertThat(
                            second.send(
                                            "GET",
                                            "/api/v1/runs/" + run + "/steps/0/0/log?format=text",
                                            "",
                                            Map.of())
                                    .body())
                    .isEqualTo("first line\nlast line\n");
        }
    }

    @Test
    @Tag("R52")
    void aSecondServerOnTheSameDatabaseIsRefused() throws IOException {
        try (ServerProcess first = ServerProcess.start(folder, Map.of())) {
            assertThat(first.get("/readyz").at("/ready").asBoolean()).isTrue();
            try (ServerProcess second = ServerProcess.start(folder, Map.of())) {
                throw new AssertionError("a second server came up: " + second);
            } catch (AssertionError refused) {
                assertThat(refused).hasMessageContaining("the server cannot start");
            }
        }
    }
}
