package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.api.resource.ApplyResult;
import dev.millwright.api.run.ApprovalRequest;
import dev.millwright.api.run.RunSummary;
import dev.millwright.api.run.Status;
import dev.millwright.api.run.StepView;
import dev.millwright.host.PluginBuilder;
import dev.millwright.host.use.Point;
import dev.millwright.model.RunId;
import dev.millwright.model.run.Outcome;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// Secrets of a store that a plugin reads, from the pipeline to the step and its log.
final class SecretStoreApiTest extends SecretStoreFixture {
    @Override
    PluginBuilder extensions(PluginBuilder plugin) {
        return plugin.extension(Point.WEBHOOK, STRANGER);
    }

    @Test
    void aSecretReachesTheStepAndIsSeenNowhereElse() throws Exception {
        server.pipeline(
                "upload",
                """
                steps:
                  - commands:
                      - 'test "$TOKEN" = "$(cat "$EXPECTED")" || exit 9'
                      - 'echo "the token is $TOKEN" and $(printf %s "$TOKEN" | base64)'
                      - 'echo "leaked=$TOKEN" >> "$MILLWRIGHT_OUTPUT"'
                    environment:
                      TOKEN: {from_secret: nexus/ci/upload#token}
                      EXPECTED: "STORE/default/ci/upload/token"
                """
                        .replace("STORE", store.toString()));
        RunId run = server.begin("upload");
        RunSummary ended = server.finish(run);

        assertThat(ended.outcome())
                .as(server.step(run, FIRST).toString())
                .isEqualTo(Outcome.SUCCESS);
        assertThat(log(run)).contains("the token is ***********", " and ****");
        for (String path :
                new String[] {
                    "/api/v1/runs/" + run,
                    "/api/v1/runs/" + run + "/steps",
                    "/api/v1/runs/" + run + "/steps/0/0/log",
                    "/api/v1/runs/" + run + "/events",
                    "/api/v1/namespaces/default/pipelines/upload"
                }) {
            assertThat(server.get(path).body()).as(path).doesNotContain(VALUE);
        }
        assertThat(server.get("/api/v1/runs/" + run + "/steps").body()).contains("***********");
    }

    @Test
    void theNodeWritesNoSecretDownWhileTheStepRuns() throws Exception {
        server.pipeline(
                "quiet",
                """
                steps:
                  - commands: ['test -n "$TOKEN"', 'touch "$GO.began"', 'until [ -e "$GO" ]; do sleep 0.05; done']
                    environment:
                      TOKEN: "${secret:nexus/ci/upload#token}"
                      GO: "FOLDER/go"
                """
                        .replace("FOLDER", directory.toString()));
        RunId run = server.begin("quiet");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Files.exists(directory.resolve("go.began")));
        try (Stream<Path> files = Files.walk(directory.resolve("node"))) {
            assertThat(files.filter(Files::isRegularFile).filter(SecretStoreApiTest::holdsValue))
                    .isEmpty();
        }
        Files.createFile(directory.resolve("go"));
        assertThat(server.finish(run).outcome()).isEqualTo(Outcome.SUCCESS);
    }

    private static boolean holdsValue(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(VALUE);
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    void whatIsNotThereEndsTheStepWithTheReason() {
        server.pipeline(
                "missing",
                """
                steps:
                  - commands: ["true"]
                    environment: {TOKEN: {from_secret: nexus/ci/upload#nothing}}
                """);
        RunId run = server.begin("missing");
        assertThat(server.finish(run).outcome()).isEqualTo(Outcome.ERROR);
        StepView step = server.step(run, FIRST);
        assertThat(step.cause()).isEqualTo("secret");
        assertThat(step.message())
                .isEqualTo(
                        "it asks for the secret ${secret:nexus/ci/upload#nothing}: the store 'nexus' has no such secret");
    }

    @Test
    void aStoreThatNobodyDeclaredEndsTheStepWithTheReason() {
        server.pipeline(
                "elsewhere",
                """
                steps:
                  - commands: ["true"]
                    environment: {TOKEN: {from_secret: vault/a}}
                """);
        RunId run = server.begin("elsewhere");
        assertThat(server.finish(run).outcome()).isEqualTo(Outcome.ERROR);
        assertThat(server.step(run, FIRST).message())
                .contains("there is no SecretStore 'vault' for the namespace 'default'");
    }

    @Test
    void aStoreThatIsAwayMakesTheStepWaitAndSaysSo() throws Exception {
        waitsWhile("away", "late", "the store is sealed");
    }

    /// @param trouble the file that makes the store behave so
    /// @param secret of its own, so that nobody remembers it
    private void waitsWhile(String trouble, String secret, String words) throws Exception {
        keep(secret, "token", VALUE);
        Path made = Files.createFile(store.resolve(trouble));
        try {
            server.pipeline(
                    secret,
                    """
                    steps:
                      - commands: ['test -n "$TOKEN"']
                        environment: {TOKEN: {from_secret: nexus/%s#token}}
                    """
                            .formatted(secret));
            RunId run = server.begin(secret);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> server.step(run, FIRST).message().contains(words));
            assertThat(server.step(run, FIRST).status()).isEqualTo(Status.QUEUED);
            Files.delete(made);
            assertThat(server.finish(run).outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(server.step(run, FIRST).message()).isEmpty();
        } finally {
            Files.deleteIfExists(made);
        }
    }

    @Test
    void aStoreThatHangsHoldsUpNobodyElseAndFailsItsStepsInTheEnd() throws Exception {
        keep("stuck", "token", VALUE);
        Path stuck = Files.createFile(store.resolve("stuck"));
        try {
            assertThat(declare("impatient", "patience: 1s").isAccepted()).isTrue();
            server.pipeline("free", "steps: [{commands: [\"true\"]}]");
            server.pipeline(
                    "stuck",
                    """
                    steps:
                      - commands: ["true"]
                        environment: {TOKEN: {from_secret: impatient/stuck#token}}
                    """);
            RunId run = server.begin("stuck");
            assertThat(server.finish(server.begin("free")).outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(server.step(run, FIRST).status()).isEqualTo(Status.QUEUED);
            // A call of a plugin has 10 s
            assertThat(server.finish(run).outcome()).isEqualTo(Outcome.ERROR);
            assertThat(server.step(run, FIRST).cause()).isEqualTo("secret");
            assertThat(server.step(run, FIRST).message())
                    .contains(
                            "it asks for the secret ${secret:impatient/stuck#token}: for 1 s nobody could tell: impatient: ");
        } finally {
            Files.delete(stuck);
        }
    }

    @Test
    void aStoreThatThrowsMakesTheStepWaitAndSaysWhy() throws Exception {
        waitsWhile("broken", "thrown", "boom");
    }

    @Test
    void whatComesInFromOutsideIsNoReference() throws Exception {
        server.pipeline(
                "outside",
                """
                inputs: {word: {default: "${secret:nexus/ci/upload#token}"}}
                steps:
                  - commands: ['printf "%s" "$WORD" | tr a-z A-Z']
                    environment: {WORD: "${inputs.word}"}
                """);
        RunId run = server.begin("outside");
        assertThat(server.finish(run).outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(log(run)).contains("${SECRET:NEXUS/CI/UPLOAD#TOKEN}");
    }

    @Test
    void theChangeOfAForkGetsNoSecret() throws Exception {
        server.pipeline(
                "forked",
                """
                hooks: [{name: pulls, type: strangers}]
                steps:
                  - commands: ["true"]
                    environment: {TOKEN: {from_secret: nexus/ci/upload#token}}
                """);
        HttpResponse<String> taken =
                server.send(
                        server.request("/hooks/strangers/default.forked.pulls")
                                .POST(BodyPublishers.ofString("{}")));
        assertThat(taken.statusCode()).isEqualTo(202);
        RunId run = RunId.parse(new JsonMapper().readTree(taken.body()).at("/runs/0").asString(""));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> server.client.run(run).run().status() == Status.BLOCKED);
        var _ = server.client.approve(run, FIRST, new ApprovalRequest(true, ""));
        assertThat(server.finish(run).outcome()).isEqualTo(Outcome.ERROR);
        assertThat(server.client.steps(run).items())
                .extracting(StepView::message)
                .contains(
                        "it asks for the secret ${secret:nexus/ci/upload#token}, which is not given to the change of a fork");
    }

    @Test
    void whatAStoreWantsToKnowIsCheckedWhenItIsApplied() {
        ApplyResult wrong =
                server.client.apply(
                        """
                        kind: SecretStore
                        metadata: {name: wrong}
                        spec: {type: folder, with: {foldr: /tmp, token: "${env:X}"}}
                        """,
                        "default",
                        false);
        assertThat(wrong.isAccepted()).isFalse();
        assertThat(wrong.toString()).contains("unknown key 'foldr'; did you mean 'folder'?");
    }
}
