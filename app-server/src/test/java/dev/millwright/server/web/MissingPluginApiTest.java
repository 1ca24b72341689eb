package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.millwright.api.poll.PollView;
import dev.millwright.api.resource.ApplyResult;
import dev.millwright.api.run.StartRunRequest;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// What users see of plugins that they named and have not installed.
@Timeout(120)
final class MissingPluginApiTest {
    @TempDir static Path folder;
    private static Database database;
    private static ApiServer server;

    @BeforeAll
    static void open() throws Exception {
        database = TestDatabases.embedded(folder.resolve("database"));
        server = new ApiServer(folder, database);
    }

    @AfterAll
    static void close() {
        server.close();
        database.close();
    }

    @Test
    void applyAcceptsAndTellsWhatToInstallWhereItIsNamed() {
        ApplyResult result =
                server.client.apply(
                        """
                        kind: Pipeline
                        metadata: {name: web}
                        spec:
                          steps: [{commands: ["true"]}]
                          hooks:
                            - {name: own, bearer: {secret: "${env:X}"}}
                            - {name: push, type: gitlab}
                          polls: [{name: look, type: lokk}]
                        """,
                        "default",
                        false);
        assertThat(result.isAccepted()).isTrue();
        assertThat(result.items().getFirst().problems())
                .extracting(ApplyResult.Fault::pointer, ApplyResult.Fault::line)
                .containsExactly(tuple("/spec/hooks/1/type", 7), tuple("/spec/polls/0/type", 8));
        assertThat(result.items().getFirst().problems())
                .extracting(ApplyResult.Fault::message)
                .containsExactly(
                        "no plugin of this server offers the webhook 'gitlab'; 'millwright plugin install forge-webhooks' does",
                        "no plugin of this server offers the poll 'lokk'; 'millwright plugin list' tells what there is");
    }

    @Test
    void aSecretOfAStoreThatIsNotThereIsToldWhereItStands() {
        ApplyResult result =
                server.client.apply(
                        """
                        kind: Pipeline
                        metadata: {name: secrets}
                        spec:
                          steps:
                            - commands: ["${secret:nowhere/a}"]
                              environment:
                                A: {from_secret: vaullt/ci#token}
                                B: {from_secret: together/ci}
                        ---
                        kind: SecretStore
                        metadata: {name: together}
                        spec: {type: files, with: {}}
                        """,
                        "default",
                        true);
        assertThat(result.isAccepted()).isTrue();
        assertThat(result.items().getFirst().problems())
                .extracting(ApplyResult.Fault::message, ApplyResult.Fault::line)
                .containsExactly(
                        tuple(
                                "there is no SecretStore 'vaullt' for the namespace 'default'; 'millwright get secretstores' tells what there is",
                                7));
    }

    @Test
    void aVariableOfAResourceCanBeASecretAndIsNoReferenceToTheMachine() {
        ApplyResult refused =
                server.client.apply(
                        """
                        kind: Pipeline
                        metadata: {name: outside}
                        spec:
                          repository: https://git.example.org/a.git
                          environment:
                            A: {from_secret: vaullt/ci#token}
                            B: "${env:B}"
                        """,
                        "default",
                        true);
        assertThat(refused.isAccepted()).isFalse();
        assertThat(refused.items().getFirst().problems())
                .extracting(ApplyResult.Fault::pointer, ApplyResult.Fault::message)
                .containsExactly(
                        tuple(
                                "/spec/environment/B",
                                "environment takes no ${env:...}: a step reads the environment of its node itself; for a secret write {from_secret: STORE/PATH#KEY}"));
    }

    @Test
    void aPollWithoutItsPluginSaysSoAtOnce() {
        server.pipeline(
                "polled",
                "steps: [{commands: [\"true\"]}]\npolls: [{name: look, type: git, every: 10m}]");
        server.polls.tick();
        assertThat(server.client.polls("default", "polled").items())
                .singleElement()
                .extracting(PollView::problem)
                .isEqualTo(
                        "no plugin of this server offers the poll 'git'; 'millwright plugin install git-poll' does");
    }

    @Test
    void aNotifierWithoutItsPluginSaysSoWhenItIsApplied() {
        ApplyResult result =
                server.client.apply(
                        "kind: Notifier\nmetadata: {name: mail}\nspec: {type: mail, with: {}}\n",
                        "default",
                        false);
        assertThat(result.items().getFirst().problems())
                .extracting(ApplyResult.Fault::message)
                .containsExactly(
                        "no plugin of this server offers the notifier 'mail'; 'millwright plugin install mail-notify' does");
    }

    @Test
    void aStepWhoseRunnerComesWithAPluginNamesIt() {
        server.pipeline("boxes", "steps: [{image: busybox, commands: [\"true\"]}]");
        var run = server.client.startRun("default", "boxes", StartRunRequest.of(Map.of())).run();
        await().untilAsserted(() ->
                assertThat(server.client.explain(run).summary())
                        .contains(
                                "no node offers runner 'container'; 'millwright plugin install docker-runner' on the server does"));
    }

    @Test
    void anExporterWithoutItsPluginSaysSoAtOnce() throws Exception {
        assertThat(
                        server.client
                                .apply(
                                        "kind: Exporter\nmetadata: {name: traces}\nspec: {type: otel, with: {}}\n",
                                        "default",
                                        false)
                                .isAccepted())
                .isTrue();
        var queue = new JsonMapper().readTree(server.get("/api/v1/queue").body());
        assertThat(queue.toString())
                .contains(
                        "no plugin of this server offers the exporter 'otel'; 'millwright plugin install otel-export' does");
    }
}
