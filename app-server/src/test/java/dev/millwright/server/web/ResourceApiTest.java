package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.api.resource.ApplyResult;
import dev.millwright.api.resource.ApplyResult.Action;
import dev.millwright.api.resource.ApplyResult.Fault;
import dev.millwright.api.resource.ResourceDocument;
import dev.millwright.api.resource.ResourceQuery;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Resources and hooks over HTTP.
class ResourceApiTest extends SharedServer {
    private static String document(String name, String command) {
        return """
        {"apiVersion":"v1alpha","kind":"Pipeline","metadata":{"name":"%s","namespace":"default"},
         "spec":{"steps":[{"name":"a","commands":["%s"]}]}}\
        """
                .formatted(name, command);
    }

    private HttpResponse<String> put(String name, String body, String... headers) throws Exception {
        HttpRequest.Builder request =
                server.request("/api/v1/namespaces/default/pipelines/" + name)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(body));
        return server.send(headers.length == 0 ? request : request.headers(headers));
    }

    @Test
    void replacingNeedsTheVersionThatIsMeant() throws Exception {
        HttpResponse<String> created = put("p1", document("p1", "true"));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        String first = created.headers().firstValue("ETag").orElseThrow();
        assertThat(put("p1", document("p1", "false")).statusCode()).isEqualTo(428);
        HttpResponse<String> changed = put("p1", document("p1", "false"), "If-Match", first);
        assertThat(changed.statusCode()).isEqualTo(200);
        String second = changed.headers().firstValue("ETag").orElseThrow();
        assertThat(second).isNotEqualTo(first);
        assertThat(put("p1", document("p1", "exit 1"), "If-Match", first).statusCode())
                .isEqualTo(412);
        assertThat(put("p1", document("p1", "exit 1"), "If-None-Match", "*").statusCode())
                .isEqualTo(412);
        assertThat(put("p1", document("p1", "exit 1"), "If-Match", "*").statusCode())
                .isEqualTo(200);
        assertThat(put("new", document("new", "true"), "If-Match", "*").statusCode())
                .isEqualTo(412);
    }

    @Test
    void whatWasPerhapsMeantOtherwiseIsAppliedAndTold() {
        ApplyResult result =
                server.client.apply(
                        """
                        kind: Pipeline
                        metadata: {name: doubted}
                        spec:
                          steps:
                            - commands: ["true"]
                              needs:
                                memroy: ">= 16Gi"
                        """,
                        "default",
                        true);

        assertThat(result.isAccepted()).isTrue();
        assertThat(result.items().getFirst().problems())
                .containsExactly(
                        new Fault(
                                "/spec/steps/0/needs/memroy",
                                "no node has 'memroy' unless you give it a label or a fact of that name; did you mean 'memory'?",
                                "",
                                7,
                                9));
    }

    @Test
    void aKnownVersionIsNotSentAgain() throws Exception {
        put("p2", document("p2", "true"));
        String path = "/api/v1/namespaces/default/pipelines/p2";
        String tag = server.get(path).headers().firstValue("ETag").orElseThrow();
        assertThat(server.send(server.request(path).header("If-None-Match", tag)).statusCode())
                .isEqualTo(304);
    }

    @Test
    void theAddressAndTheDocumentMustAgree() throws Exception {
        assertThat(put("p3", document("other", "true")).statusCode()).isEqualTo(400);
    }

    @Test
    void faultsAreToldWithTheirPlace() throws Exception {
        HttpResponse<String> response =
                put(
                        "p4",
                        """
                        {"apiVersion":"v1alpha","kind":"Pipeline","metadata":{"name":"p4"},
                         "spec":{"steps":[{"name":"a","comands":["true"]}]}}\
                        """);
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).contains("/spec").contains("comands");
    }

    @Test
    void deletingNeedsTheVersionThatIsMeant() throws Exception {
        String tag = put("p5", document("p5", "true")).headers().firstValue("ETag").orElseThrow();
        String path = "/api/v1/namespaces/default/pipelines/p5";
        assertThat(server.send(server.request(path).DELETE()).statusCode()).isEqualTo(428);
        assertThat(
                        server.send(server.request(path).header("If-Match", "\"99999\"").DELETE())
                                .statusCode())
                .isEqualTo(412);
        assertThat(server.send(server.request(path).header("If-Match", tag).DELETE()).statusCode())
                .isEqualTo(204);
        assertThat(server.send(server.request(path).header("If-Match", tag).DELETE()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void severalDocumentsAreAppliedTogetherOrNotAtAll() {
        String good =
                "apiVersion: v1alpha\nkind: Pipeline\nmetadata: {name: %s}\nspec: {steps: [{name: a, commands: [\"true\"]}]}\n";
        String bad =
                "apiVersion: v1alpha\nkind: Pipeline\nmetadata: {name: x2}\nspec: {steps: [{name: a, comands: []}]}\n";
        ApplyResult refused =
                server.client.apply(good.formatted("x1") + "---\n" + bad, "default", false);
        assertThat(refused.isAccepted()).isFalse();
        assertThat(refused.items().get(1).problems().getFirst().line()).isNotNull();
        assertThat(names()).doesNotContain("x1", "x2");
        String one = good.formatted("x1");
        assertThat(apply(one, true)).isEqualTo(Action.CREATED);
        assertThat(names()).doesNotContain("x1");
        assertThat(apply(one, false)).isEqualTo(Action.CREATED);
        assertThat(apply(one, false)).isEqualTo(Action.UNCHANGED);
        ApplyResult diff = server.client.diff(one.replace("true", "false"), "default");
        assertThat(diff.items().getFirst().action()).isEqualTo(Action.CHANGED);
        assertThat(diff.items().getFirst().diff()).contains("-").contains("+").contains("false");
    }

    @Test
    void faultsComeInTheOrderOfTheirLines() {
        ApplyResult refused =
                server.client.apply(
                        """
                        apiVersion: v1alpha
                        kind: Pipeline
                        metadata: {name: faulty}
                        spec:
                          cron:
                            - {name: nightly, schedule: never}
                          hooks:
                            - {name: NOT A NAME}
                          steps: [{name: a, comands: []}]
                        """,
                        "default",
                        false);
        assertThat(refused.items().getFirst().problems())
                .hasSizeGreaterThanOrEqualTo(3)
                .isSortedAccordingTo(Comparator.comparing(Fault::line));
    }

    /// What applying a document with one resource does to it.
    private Action apply(String document, boolean dryRun) {
        return server.client.apply(document, "default", dryRun).items().getFirst().action();
    }

    private List<String> names() {
        return server.client.resources("default", "pipelines", ResourceQuery.ALL).items().stream()
                .map(document -> document.metadata().name())
                .toList();
    }

    @Test
    void yamlThatCannotBeReadIsLocated() throws Exception {
        HttpResponse<String> response =
                server.send(
                        server.request("/api/v1/resources/apply")
                                .header("Content-Type", "application/yaml")
                                .POST(BodyPublishers.ofString("kind: [\n")));
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).contains("\"line\"");
    }

    @Test
    void theClientPutsGetsAndDeletes() {
        ResourceDocument made =
                server.client.put(
                        "default",
                        "pipelines",
                        new ResourceDocument(
                                "v1alpha",
                                "Pipeline",
                                new ResourceDocument.Metadata(
                                        "c1",
                                        "default",
                                        Map.of("team", "web"),
                                        Map.of(),
                                        null,
                                        null,
                                        null,
                                        null,
                                        null),
                                Map.of(
                                        "steps",
                                        List.of(Map.of("name", "a", "commands", List.of("true"))))),
                        0);
        assertThat(server.client.resource("default", "pipelines", "c1").metadata().uuid())
                .isEqualTo(made.metadata().uuid());
        assertThat(
                        server.client
                                .resources(
                                        "default",
                                        "pipelines",
                                        ResourceQuery.ALL.withLabels("team=web"))
                                .items())
                .hasSize(1);
        assertThat(server.client.namespaces(ResourceQuery.ALL).items())
                .anyMatch(n -> n.metadata().name().equals("default"));
        server.client.delete("default", "pipelines", "c1", made.metadata().revision());
        assertThat(names()).doesNotContain("c1");
    }

    @Test
    void unknownKindsAndSelectorsAreRefused() throws Exception {
        assertThat(server.get("/api/v1/namespaces/default/gadgets").statusCode()).isEqualTo(404);
        assertThat(
                        server.get("/api/v1/namespaces/default/pipelines?labelSelector=a%3D%3D%3Db")
                                .statusCode())
                .isEqualTo(400);
    }

    @Test
    void theWebhookStartsOpenPipelinesForAnybodyAndOthersWithAKey() throws Exception {
        server.pipeline("open", "webhook: {open: true}\nsteps: [{name: a, commands: [\"true\"]}]");
        server.pipeline("closed", "steps: [{name: a, commands: [\"true\"]}]");
        assertThat(hook("/webhook", "").statusCode()).isEqualTo(400);
        assertThat(hook("/webhook?pipeline=nobody", server.key).statusCode()).isEqualTo(404);
        HttpResponse<String> open = hook("/webhook?pipeline=open", "");
        assertThat(open.statusCode()).as(open.body()).isEqualTo(202);
        assertThat(open.body()).contains("\"delivery\"", "\"runs\"", "\"location\"");
        assertThat(hook("/webhook?pipeline=closed", "").statusCode()).isIn(401, 404);
        assertThat(hook("/webhook?pipeline=closed", server.key).statusCode()).isEqualTo(202);
        assertThat(hook("/webhook?pipeline=closed", "").body()).contains("webhook: {open: true}");
        assertThat(hook("/webhook?pipeline=open&event=pusch", "").body())
                .contains("unknown event 'pusch'");
    }

    @Test
    @Tag("S05")
    void aBodyThatSaysItIsJsonMustBeJson() throws Exception {
        server.pipeline("json", "webhook: {open: true}\nsteps: [{name: a, commands: [\"true\"]}]");
        HttpResponse<String> response =
                server.send(
                        HttpRequest.newBuilder(server.address("/webhook?pipeline=json"))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{bad")));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("the body is not JSON", "line 1");
    }

    private HttpResponse<String> hook(String path, String key) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.address(path)).POST(BodyPublishers.noBody());
        return server.send(key.isEmpty() ? request : request.header("X-API-Key", key));
    }

    @Test
    @Tag("S05")
    void hooksHaveALimitOfTheirOwn() throws Exception {
        server.pipeline("big", "webhook: {open: true}\nsteps: [{name: a, commands: [\"true\"]}]");

        assertThat(post("/webhook?pipeline=big", 3 << 19)).isEqualTo(202);
        assertThat(post("/webhook?pipeline=big", (2 << 20) + 1)).isEqualTo(413);
        // Again and again: an answer that is cut off by closing too early is lost only at times
        for (int i = 0; i < 50; i++) {
            assertThat(post("/api/v1/resources/apply", 3 << 19)).isEqualTo(413);
        }
    }

    private int post(String path, int bytes) throws Exception {
        return server.send(
                        server.request(path)
                                .header("Content-Type", "application/yaml")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[bytes])))
                .statusCode();
    }
}
