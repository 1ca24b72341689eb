package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.millwright.api.LiveStream;
import dev.millwright.api.delivery.DeliveryAccepted;
import dev.millwright.api.event.EventView;
import dev.millwright.api.run.StartRunRequest;
import dev.millwright.model.NodeName;
import dev.millwright.model.RunId;
import dev.millwright.server.access.Access;
import dev.millwright.server.pki.JoinRequests;
import dev.millwright.server.pki.JoinTokens;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import dev.millwright.server.web.route.Route;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Holds the OpenAPI document against every route of a running server.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiContractTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PIPELINE =
            """
            {"apiVersion":"v1alpha","kind":"Pipeline","metadata":{"name":"made","namespace":"default"},
             "spec":{"steps":[{"name":"hello","commands":["echo hello"]}]}}\
            """;

    /// How to call a route so that it succeeds.
    private record Sample(String path, String body, Map<String, String> headers) {
        static Sample of(String path) {
            return new Sample(path, "", Map.of());
        }

        static Sample of(String path, String body) {
            return new Sample(path, body, Map.of());
        }
    }

    @TempDir static Path directory;
    private static ApiServer server;
    private static JsonNode document;
    private static RunId done;
    private static RunId waiting;
    private static DeliveryAccepted delivery;

    /// Another one in the class that does the same on PostgreSQL.
    Database database() {
        return TestDatabases.embedded(directory.resolve("data"));
    }

    @BeforeAll
    void start() {
        server = new ApiServer(directory, database());
        server.pipeline(
                "web",
                """
                webhook: {open: true}
                hooks:
                  - {name: alerts, bearer: {secret: "${env:HOOK}"}}
                steps:
                  - {name: hello, commands: [echo hello, echo bad >&2]}
                """);
        server.pipeline("gate", "steps: [{name: ok, approve: {}}]");
        delivery = server.client.startRun("default", "web", StartRunRequest.of(Map.of()));
        done = delivery.run();
        try (LiveStream<EventView> events = server.client.followRun(done, 0)) {
            while (!events.isEnded()) {
                events.poll(Duration.ofSeconds(1));
            }
        }
        waiting = startGate();
        document = JSON.readTree(server.client.openApi());
    }

    private static RunId startGate() {
        RunId run = server.client.startRun("default", "gate", StartRunRequest.of(Map.of())).run();
        try (LiveStream<EventView> events = server.client.followRun(run, 0)) {
            boolean blocked = false;
            while (!blocked) {
                blocked =
                        events.poll(Duration.ofSeconds(1))
                                .filter(event -> event.type().equals("step.blocked"))
                                .isPresent();
            }
        }
        return run;
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Sample sample(Route route) {
        String run = "/api/v1/runs/" + done;
        return switch (route.method() + " " + route.pattern()) {
            case "GET /api/v1/runs/{id}" -> Sample.of(run);
            case "GET /api/v1/runs/{id}/steps" -> Sample.of(run + "/steps");
            case "GET /api/v1/runs/{id}/explain" -> Sample.of(run + "/explain");
            case "GET /api/v1/runs/{id}/events" -> Sample.of(run + "/events");
            case "GET /api/v1/runs/{id}/stream" -> Sample.of(run + "/stream");
            case "GET /api/v1/runs/{id}/steps/{path...}/log" -> Sample.of(run + "/steps/0/0/log");
            case "POST /api/v1/runs/{id}/rerun" -> Sample.of(run + "/rerun", "{\"mode\":\"all\"}");
            case "POST /api/v1/runs/{id}/cancel" ->
                    Sample.of("/api/v1/runs/" + startGate() + "/cancel", "{\"reason\":\"r\"}");
            case "POST /api/v1/runs/{id}/steps/{path...}/approve" ->
                    Sample.of(
                            "/api/v1/runs/" + waiting + "/steps/0/0/approve",
                            "{\"approved\":true}");
            case "POST /api/v1/namespaces/{ns}/pipelines/{name}/runs" ->
                    Sample.of("/api/v1/namespaces/default/pipelines/web/runs", "{}");
            case "GET /api/v1/namespaces/{ns}" -> Sample.of("/api/v1/namespaces/default");
            case "DELETE /api/v1/namespaces/{ns}" -> {
                server.client.apply(
                        "apiVersion: v1alpha\nkind: Namespace\nmetadata: {name: empty}\n",
                        "default",
                        false);
                yield new Sample("/api/v1/namespaces/empty", "", Map.of("If-Match", "*"));
            }
            case "GET /api/v1/namespaces/{ns}/{kinds}" ->
                    Sample.of("/api/v1/namespaces/default/pipelines");
            case "GET /api/v1/namespaces/{ns}/{kinds}/{name}" ->
                    Sample.of("/api/v1/namespaces/default/pipelines/web");
            case "PUT /api/v1/namespaces/{ns}/{kinds}/{name}" ->
                    Sample.of(
                            "/api/v1/namespaces/default/pipelines/fresh",
                            PIPELINE.replace("made", "fresh"));
            case "DELETE /api/v1/namespaces/{ns}/{kinds}/{name}" -> {
                server.pipeline("gone", "steps: [{name: a, commands: [true]}]");
                yield new Sample(
                        "/api/v1/namespaces/default/pipelines/gone", "", Map.of("If-Match", "*"));
            }
            case "POST /api/v1/resources/apply", "POST /api/v1/resources/diff" ->
                    Sample.of(route.pattern(), PIPELINE);
            case "GET /api/v1/deliveries/{id}" ->
                    Sample.of("/api/v1/deliveries/" + delivery.delivery());
            case "POST /api/v1/deliveries/{id}/redeliver" ->
                    Sample.of("/api/v1/deliveries/" + delivery.delivery() + "/redeliver");
            case "POST /api/v1/nodes/{name}/drain" -> Sample.of("/api/v1/nodes/local/drain");
            case "POST /api/v1/nodes/{name}/resume" -> Sample.of("/api/v1/nodes/local/resume");
            case "POST /api/v1/nodes/tokens" ->
                    Sample.of(route.pattern(), "{\"labels\":{\"zone\":\"lab\"},\"ttl\":\"1h\"}");
            case "DELETE /api/v1/nodes/tokens/{id}" ->
                    Sample.of("/api/v1/nodes/tokens/" + newToken().token().id());
            case "DELETE /api/v1/nodes/{name}" -> {
                joinAsNode();
                yield Sample.of("/api/v1/nodes/joined");
            }
            case "POST /webhook" -> Sample.of("/webhook?pipeline=web");
            case "POST /hooks/generic/{hook}" ->
                    new Sample(
                            "/hooks/generic/default.web.alerts",
                            "{}",
                            Map.of("Authorization", "Bearer s3cret"));
            case "GET /api/v1/badges/{ns}/{name}/status.svg" ->
                    Sample.of("/api/v1/badges/default/web/status.svg");
            default -> Sample.of(route.pattern());
        };
    }

    private static JoinTokens.NewToken newToken() {
        return server.authority.tokens().create("", Map.of(), JoinTokens.USUAL_LIFE, "a test");
    }

    private static void joinAsNode() {
        NodeName name = new NodeName("joined");
        var _ = server.authority.remove(name, "a test");
        var _ =
                server.authority.join(
                        newToken().secret(), JoinRequests.fresh(), name.value(), Map.of(), "");
    }

    @TestFactory
    Stream<DynamicTest> everyRouteIsDocumented() {
        return routes(route -> {
            JsonNode operation = operation(route);
            assertThat(operation.isMissingNode()).isFalse();
            assertThat(operation.get("summary").asString()).isNotBlank();
            assertThat(operation.get("x-access").asString())
                    .isEqualToIgnoringCase(route.access().name());
            assertThat(operation.get("responses").get("default").get("$ref").asString())
                    .endsWith("/Problem");
        });
    }

    @TestFactory
    Stream<DynamicTest> everyRouteAsksForItsAccess() {
        return routes(route -> {
            Sample sample = sample(route);
            for (String shown : List.of("", "mw_aaaaaaaa_" + "b".repeat(43))) {
                int status = call(route, sample, shown, "application/json").statusCode();
                switch (route.access()) {
                    case OPEN -> assertThat(status).isNotIn(401, 403);
                    case HOOK -> assertThat(route.pattern()).matches("/(webhook|hooks/).*");
                    case VIEW, OPERATE, ADMIN -> assertThat(status).isEqualTo(401);
                }
            }
        });
    }

    @Test
    void onlyHealthBadgesHooksAndTheFrontPageAreOpen() {
        Set<String> open = new TreeSet<>();
        server.web.routes().routes().stream()
                .filter(r -> r.access() == Access.OPEN || r.access() == Access.HOOK)
                .forEach(r -> open.add(r.pattern()));
        assertThat(open)
                .containsExactlyInAnyOrder(
                        "/",
                        "/healthz",
                        "/readyz",
                        "/version",
                        "/webhook",
                        "/hooks/generic/{hook}",
                        "/api/v1/badges/{ns}/{name}/status.svg");
    }

    @TestFactory
    Stream<DynamicTest> everyMutatingRouteRefusesPagesOfOtherSites() {
        return routes(route -> {
            if (!route.isMutating() && !route.socket()) {
                return;
            }
            HttpRequest.Builder request =
                    request(route, sample(route), server.key)
                            .header("Origin", "https://evil.example")
                            .header("Cookie", "a=b");
            assertThat(server.http.send(request.build(), BodyHandlers.discarding()).statusCode())
                    .isEqualTo(403);
        });
    }

    @TestFactory
    Stream<DynamicTest> everyRouteAnswersAsDocumented() {
        return routes(route -> {
            if (route.socket()) {
                return;
            }
            HttpResponse<InputStream> response = call(route, sample(route), server.key, "*/*");
            String status = Integer.toString(response.statusCode());
            String body = new String(response.body().readAllBytes());
            JsonNode documented = operation(route).get("responses").get(status);
            assertThat(documented).as(status + " " + body).isNotNull();
            String type = response.headers().firstValue("Content-Type").orElse("");
            if (body.isEmpty()) {
                assertThat(documented.get("content")).isNull();
                return;
            }
            JsonNode media = documented.get("content").get(type);
            assertThat(media).as("content type " + type).isNotNull();
            if (media.has("schema") && type.equals("application/json")) {
                assertThat(errors(media.get("schema"), body)).as(body).isEmpty();
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> everyExampleFitsItsSchema() {
        List<DynamicTest> tests = new ArrayList<>();
        server.web
                .routes()
                .routes()
                .forEach(route -> {
                    JsonNode operation = operation(route);
                    Stream.concat(
                                    operation.at("/requestBody/content").properties().stream(),
                                    operation.get("responses").properties().stream()
                                            .flatMap(r ->
                                                    r
                                                            .getValue()
                                                            .path("content")
                                                            .properties()
                                                            .stream()))
                            .filter(media -> media.getKey().equals("application/json"))
                            .filter(media -> media.getValue().has("schema"))
                            .forEach(media ->
                                    tests.add(
                                            dynamicTest(
                                                    name(route),
                                                    () ->
                                                            assertThat(
                                                                            errors(
                                                                                    media.getValue()
                                                                                            .get(
                                                                                                    "schema"),
                                                                                    media.getValue()
                                                                                            .get(
                                                                                                    "example")
                                                                                            .toString()))
                                                                    .isEmpty())));
                });
        return tests.stream();
    }

    @Test
    void problemsFitTheirSchema() throws Exception {
        String body = server.get("/api/v1/runs?limit=0").body();
        assertThat(
                        errors(
                                document.at(
                                        "/components/responses/Problem/content/application~1problem+json/schema"),
                                body))
                .isEmpty();
    }

    @Test
    void operationIdsAreUnique() {
        List<String> ids = new ArrayList<>();
        document.get("paths")
                .forEach(path -> path.forEach(o -> ids.add(o.get("operationId").asString())));
        assertThat(ids).doesNotHaveDuplicates().hasSize(server.web.routes().routes().size());
    }

    private interface Check {
        void of(Route route) throws Exception;
    }

    private static String name(Route route) {
        return route.method() + " " + route.pattern();
    }

    private static Stream<DynamicTest> routes(Check check) {
        return server.web.routes().routes().stream()
                .map(route -> dynamicTest(name(route), () -> check.of(route)));
    }

    private static JsonNode operation(Route route) {
        return document.get("paths")
                .path(route.pattern().replace("...}", "}"))
                .path(route.method().toLowerCase());
    }

    private static List<?> errors(JsonNode schema, String json) {
        ObjectNode whole = (ObjectNode) schema.deepCopy();
        JsonNode components = document.get("components").deepCopy();
        // Newer clients may see more; this server sends nothing that is not documented.
        components
                .get("schemas")
                .forEach(each -> ((ObjectNode) each).put("additionalProperties", false));
        whole.set("components", components);
        Schema compiled =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(whole.toString(), InputFormat.JSON);
        return compiled.validate(
                json,
                InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    private static HttpRequest.Builder request(Route route, Sample sample, String key) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.address(sample.path()))
                        .timeout(Duration.ofSeconds(20));
        sample.headers().forEach(request::header);
        if (!key.isEmpty()) {
            request.header("X-API-Key", key);
        }
        if (!sample.body().isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return request.method(
                route.method(),
                sample.body().isEmpty()
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofString(sample.body()));
    }

    private static HttpResponse<InputStream> call(
            Route route, Sample sample, String key, String accept) throws Exception {
        HttpRequest.Builder request = request(route, sample, key);
        if (accept.equals("*/*")
                || route.replies().stream().anyMatch(r -> r.mediaType().equals(accept))) {
            request.header("Accept", accept);
        }
        return server.http.send(request.build(), BodyHandlers.ofInputStream());
    }
}
