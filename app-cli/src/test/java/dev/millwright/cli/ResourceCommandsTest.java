package dev.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceCommandsTest {
    private static final String DOCUMENT =
            """
            {"apiVersion":"v1alpha","kind":"Pipeline","metadata":{"name":"web","namespace":"default",
             "labels":{"team":"a"},"revision":3,"updatedAt":"2026-01-01T00:00:00Z","origin":"api"},
             "spec":{"steps":[{"name":"hi","commands":["echo hi","echo 'a: b'"]}],"webhook":{"open":true}}}
            """;

    @TempDir private Path folder;

    private final FakeServer server = FakeServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private Cli cli() {
        return new Cli().with("MILLWRIGHT_SERVER", server.address()).in(folder);
    }

    private static String item(String action, String more) {
        return """
        {"dryRun":false,"items":[{"kind":"Pipeline","namespace":"default","name":"web","action":"%s","revision":1,%s}]}
        """
                .formatted(action, more);
    }

    private void applyAnswers(String action, String problems) {
        server.on(
                "POST",
                "/api/v1/resources/apply",
                200,
                item(action, "\"diff\":\"\",\"problems\":[" + problems + "]"));
    }

    @Test
    void applySendsEveryFileOfADirectoryInOrder() throws Exception {
        Files.writeString(folder.resolve("b.yaml"), "second");
        Files.writeString(folder.resolve("a.yml"), "first");
        Files.writeString(folder.resolve("notes.txt"), "no");
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve(".git/x.yaml"), "no");
        applyAnswers("created", "");

        var result = cli().run("apply", "-f", ".", "--dry-run");

        assertThat(result.code()).isZero();
        assertThat(server.asked())
                .map(FakeServer.Asked::body)
                .containsExactly("first\n---\nsecond\n");
        assertThat(server.asked().getFirst().query()).contains("dryRun=true");
        assertThat(result.out()).startsWith("created    pipeline/default/web  (dry run)");
    }

    @Test
    void applyReadsStandardInput() {
        applyAnswers("unchanged", "");

        cli().input("kind: Pipeline").run("apply", "-f", "-");

        assertThat(server.asked().getFirst().body()).isEqualTo("kind: Pipeline");
    }

    @Test
    void applyTellsWhereAnInvalidDocumentIsWrong() throws Exception {
        Files.writeString(folder.resolve("a.yaml"), "x");
        applyAnswers(
                "invalid",
                "{\"pointer\":\"/spec/stps\",\"message\":\"unknown key 'stps'\",\"suggestion\":\"did you mean 'steps'?\",\"line\":5,\"column\":3}");

        var result = cli().run("apply", "-f", "a.yaml");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo(
                        """
                        a.yaml:5:3: unknown key 'stps'; did you mean 'steps'?
                        nothing is applied
                        """);
    }

    @Test
    void aDoubtAboutWhatIsAppliedAllTheSameIsAWarning() throws Exception {
        Files.writeString(folder.resolve("a.yaml"), "x");
        applyAnswers(
                "created",
                "{\"pointer\":\"/spec/steps/0\",\"message\":\"never runs\",\"suggestion\":\"\",\"line\":5,\"column\":3}");

        var result = cli().run("apply", "-f", "a.yaml");

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEqualTo("warning: a.yaml:5:3: never runs\n");
    }

    @Test
    void whatIsNotAppliedBecauseOfAnotherIsNotCalledCreated() throws Exception {
        Files.writeString(folder.resolve("a.yaml"), "x");
        String resource =
                """
                {"kind":"Pipeline","namespace":"default","name":"%s","action":"%s","revision":1,"diff":"","problems":[]}
                """;
        server.on(
                "POST",
                "/api/v1/resources/apply",
                200,
                "{\"dryRun\":false,\"items\":[%s,%s,%s]}"
                        .formatted(
                                resource.formatted("a", "created"),
                                resource.formatted("b", "changed"),
                                resource.formatted("c", "invalid")));

        var result = cli().run("apply", "-f", "a.yaml");

        assertThat(result.out())
                .isEqualTo(
                        """
                        would create pipeline/default/a
                        would change pipeline/default/b
                        invalid      pipeline/default/c
                        """);
        assertThat(result.err()).isEqualTo("nothing is applied\n");
    }

    @Test
    void aMistakeInOneOfSeveralFilesIsToldWithItsFile() throws Exception {
        Files.writeString(folder.resolve("a.yaml"), "one\ntwo");
        Files.writeString(folder.resolve("b.yaml"), "three\nfour\n");
        applyAnswers(
                "invalid",
                "{\"pointer\":\"/kind\",\"message\":\"wrong\",\"suggestion\":\"\",\"line\":5,\"column\":1}");

        assertThat(cli().run("apply", "-f", ".").err()).startsWith("./b.yaml:2:1: wrong\n");
    }

    @Test
    void diffEndsWithOneWhenSomethingWouldChange() throws Exception {
        Files.writeString(folder.resolve("a.yaml"), "x");
        server.on(
                "POST",
                "/api/v1/resources/diff",
                200,
                item("changed", "\"diff\":\"-a: 1\\n+a: 2\\n\",\"problems\":[]"));

        var result = cli().run("diff", "-f", "a.yaml");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).contains("-a: 1\n+a: 2\n");
        server.on(
                "POST",
                "/api/v1/resources/diff",
                200,
                item("unchanged", "\"diff\":\"\",\"problems\":[]"));
        assertThat(cli().run("diff", "-f", "a.yaml").code()).isZero();
    }

    @Test
    void getShowsTablesAndYamlThatCanBeAppliedAgain() {
        server.on(
                        "GET",
                        "/api/v1/namespaces/default/pipelines",
                        200,
                        "{\"items\":[" + DOCUMENT + "]}")
                .on("GET", "/api/v1/namespaces/default/pipelines/web", 200, DOCUMENT);

        assertThat(cli().run("get", "pipeline", "-l", "team=a").out())
                .startsWith("NAME  NAMESPACE  REVISION")
                .contains("web   default    3")
                .contains("team=a");
        assertThat(server.asked().getFirst().query()).contains("labelSelector=team=a");
        assertThat(cli().run("get", "pl", "web", "-o", "yaml").out())
                .contains("kind: Pipeline\nmetadata:\n  name: web\n")
                .contains(
                        "  steps:\n    - name: hi\n      commands:\n        - echo hi\n        - \"echo 'a: b'\"\n");
        assertThat(cli().run("get", "pipelines", "-o", "name").out()).isEqualTo("pipeline/web\n");
        assertThat(cli().run("get", "pipeline/web", "-o", "name").out())
                .isEqualTo("pipeline/web\n");
    }

    @Test
    void deleteByNameAndByFile() throws Exception {
        Files.writeString(folder.resolve("a.yaml"), "x");
        server.on("DELETE", "/api/v1/namespaces/default/pipelines/web", 204, "")
                .on(
                        "POST",
                        "/api/v1/resources/diff",
                        200,
                        item("unchanged", "\"diff\":\"\",\"problems\":[]"));

        assertThat(cli().run("delete", "pipeline", "web").out()).contains("pipeline/web");
        assertThat(cli().run("delete", "pipeline/web").out()).contains("pipeline/web");
        assertThat(cli().run("delete", "-f", "a.yaml").code()).isZero();
        assertThat(server.asked().getLast().method()).isEqualTo("DELETE");
        assertThat(cli().run("delete").code()).isEqualTo(2);
        assertThat(cli().run("delete", "pipeline", "gone").code()).isEqualTo(3);
    }

    @Test
    void aMissingFileIsNotFound() {
        assertThat(cli().run("apply", "-f", "nowhere.yaml").code()).isEqualTo(3);
    }

    @Test
    void serversAreShownWithAStarAtTheOneThatAnswers() {
        server.on(
                "GET",
                "/api/v1/servers",
                200,
                Answers.page(
                        """
                        {"id":"1","name":"a:8080","state":"online","self":true,"node":"one","address":"http://a:8080",
                         "version":"0.1.0","startedAt":"2020-01-01T00:00:00Z"}
                        """));

        assertThat(cli().run("get", "servers").out())
                .contains("a:8080 *")
                .contains("online")
                .contains("http://a:8080");
        assertThat(cli().run("get", "servers", "-o", "name").out()).isEqualTo("server/a:8080\n");
    }

    @Test
    void anUnknownKindIsNamedAsItWasWritten() {
        String refusal = "there is no kind '%s'; known are pipelines";
        server.problem("GET", "/api/v1/namespaces/default/foos", 404, refusal.formatted("foos"))
                .problem("GET", "/api/v1/namespaces/default/nods/x", 404, refusal.formatted("nods"))
                .problem("DELETE", "/api/v1/namespaces/default/nodes/x", 404, refusal);

        var result = cli().run("get", "foo");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err())
                .isEqualTo(
                        "error: there is no kind 'foo'; known are pipelines, namespaces, exporters, forges, notifiers, secret-stores, nodes, servers\n");
        assertThat(cli().run("get", "nod", "x").err())
                .isEqualTo(
                        "error: there is no kind 'nod'; known are pipelines, namespaces, exporters, forges, notifiers, secret-stores, nodes, servers;"
                                + " did you mean 'nodes'?\n");
        assertThat(cli().run("delete", "node", "x").err())
                .startsWith("error: there is no kind 'node'; known are pipelines, namespaces");
    }
}
