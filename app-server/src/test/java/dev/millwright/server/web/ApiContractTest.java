package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.millwright.server.web.route.Route;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Holds the OpenAPI document against every route of a running server.
class ApiContractTest extends RoutesFixture {
    private static final JsonMapper JSON = JsonMapper.shared();

    private JsonNode document;

    @Override
    void prepare() {
        super.prepare();
        document = JSON.readTree(server.client.openApi());
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
    Stream<DynamicTest> everyRouteAnswersAsDocumented() {
        return routes(route -> {
            if (route.socket()) {
                return;
            }
            HttpResponse<InputStream> response = call(route, server.key, "*/*");
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
        return server.web.routes().routes().stream()
                .flatMap(route ->
                        jsonMedia(operation(route))
                                .map(media ->
                                        dynamicTest(name(route), () -> assertExampleFits(media))));
    }

    /// What an operation takes and gives as JSON of a known form.
    private static Stream<JsonNode> jsonMedia(JsonNode operation) {
        Stream<JsonNode> replies =
                operation.get("responses").valueStream().map(reply -> reply.path("content"));
        return Stream.concat(Stream.of(operation.at("/requestBody/content")), replies)
                .map(content -> content.path("application/json"))
                .filter(media -> media.has("schema"));
    }

    private void assertExampleFits(JsonNode media) {
        assertThat(errors(media.get("schema"), media.get("example").toString())).isEmpty();
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

    private JsonNode operation(Route route) {
        return document.get("paths")
                .path(route.pattern().replace("...}", "}"))
                .path(route.method().toLowerCase());
    }

    private List<?> errors(JsonNode schema, String json) {
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
}
