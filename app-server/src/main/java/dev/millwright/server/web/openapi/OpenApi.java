package dev.millwright.server.web.openapi;

import static dev.millwright.server.web.openapi.Schemas.ordered;

import dev.millwright.api.ApiJson;
import dev.millwright.api.Problem;
import dev.millwright.server.access.Access;
import dev.millwright.server.web.route.Parameter;
import dev.millwright.server.web.route.Reply;
import dev.millwright.server.web.route.RequestBody;
import dev.millwright.server.web.route.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The OpenAPI 3.1 document of a route table, made when it is first asked for. Called from any
/// thread.
public final class OpenApi {
    private final String version;
    private volatile @Nullable String text;

    public OpenApi(String version) {
        this.version = version;
    }

    /// The document as JSON text.
    public String of(List<Route> routes) {
        String made = text;
        if (made == null) {
            made = ApiJson.mapper().writeValueAsString(document(routes));
            text = made;
        }
        return made;
    }

    private Map<String, Object> document(List<Route> routes) {
        Schemas schemas = new Schemas();
        schemas.of(Problem.class);
        // All schemas have to be there before examples can be made of them.
        routes.forEach(route -> {
            route.replies().forEach(reply -> reply.type().ifPresent(schemas::of));
            route.body().flatMap(RequestBody::type).ifPresent(schemas::of);
        });
        Examples examples = new Examples(schemas.components());
        Map<String, Map<String, Object>> paths = new TreeMap<>();
        for (Route route : routes) {
            paths.computeIfAbsent(route.pattern().replace("...}", "}"), _ -> new LinkedHashMap<>())
                    .put(
                            route.method().toLowerCase(Locale.ROOT),
                            operation(route, schemas, examples));
        }
        return ordered(
                "openapi",
                "3.1.0",
                "info",
                ordered(
                        "title",
                        "Millwright",
                        "version",
                        version,
                        "description",
                        "Times are RFC 3339 in UTC. What may be missing is not required. Lists are pages: give `nextCursor` back as `cursor`. Everything that goes wrong is a problem of RFC 9457."),
                "jsonSchemaDialect",
                "https://json-schema.org/draft/2020-12/schema",
                "paths",
                paths,
                "components",
                ordered(
                        "schemas",
                        schemas.components(),
                        "responses",
                        ordered("Problem", problem(examples)),
                        "securitySchemes",
                        ordered(
                                "bearer",
                                ordered("type", "http", "scheme", "bearer"),
                                "key",
                                ordered("type", "apiKey", "in", "header", "name", "X-API-Key"))));
    }

    private static Map<String, Object> problem(Examples examples) {
        Map<String, Object> schema = ordered("$ref", "#/components/schemas/Problem");
        return ordered(
                "description",
                "What went wrong",
                "content",
                ordered(
                        "application/problem+json",
                        ordered("schema", schema, "example", examples.of(schema))));
    }

    private static Map<String, Object> operation(Route route, Schemas schemas, Examples examples) {
        Map<String, Object> operation =
                ordered(
                        "operationId",
                        operationId(route),
                        "tags",
                        List.of(route.tag()),
                        "summary",
                        route.summary(),
                        "x-access",
                        route.access().name().toLowerCase(Locale.ROOT));
        operation.put("security", security(route.access()));
        if (!route.parameters().isEmpty()) {
            operation.put(
                    "parameters", route.parameters().stream().map(OpenApi::parameter).toList());
        }
        route.body().ifPresent(body -> operation.put("requestBody", body(body, schemas)));
        operation.put("responses", responses(route, schemas, examples));
        return operation;
    }

    private static String operationId(Route route) {
        StringBuilder id = new StringBuilder(route.method().toLowerCase(Locale.ROOT));
        for (String part : route.pattern().split("[^A-Za-z0-9]+", -1)) {
            if (!part.isEmpty() && !part.equals("api") && !part.equals("v1")) {
                id.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
            }
        }
        return route.pattern().startsWith("/api/") ? id.toString() : id + "AtRoot";
    }

    private static List<Object> security(Access access) {
        List<Object> either = new ArrayList<>();
        if (access == Access.OPEN || access == Access.HOOK) {
            either.add(Map.of());
        }
        if (access != Access.OPEN) {
            either.add(Map.of("bearer", List.of()));
            either.add(Map.of("key", List.of()));
        }
        return either;
    }

    private static Map<String, Object> parameter(Parameter parameter) {
        Map<String, Object> schema =
                switch (parameter.type()) {
                    case TEXT -> ordered("type", "string");
                    case BOOLEAN -> ordered("type", "boolean");
                    case UUID -> ordered("type", "string", "format", "uuid");
                    case INTEGER ->
                            ordered(
                                    "type",
                                    "integer",
                                    "format",
                                    "int64",
                                    "minimum",
                                    parameter.minimum(),
                                    "maximum",
                                    parameter.maximum());
                };
        if (!parameter.values().isEmpty()) {
            schema.put("enum", parameter.values());
        }
        if (!parameter.fallback().isEmpty()) {
            schema.put("default", typed(parameter, parameter.fallback()));
        }
        return ordered(
                "name",
                parameter.name(),
                "in",
                parameter.place().name().toLowerCase(Locale.ROOT),
                "required",
                parameter.required(),
                "description",
                parameter.description(),
                "schema",
                schema,
                "example",
                typed(parameter, parameter.example()));
    }

    private static Object typed(Parameter parameter, String text) {
        return switch (parameter.type()) {
            case TEXT, UUID -> text;
            case BOOLEAN -> Boolean.valueOf(text);
            case INTEGER -> Long.valueOf(text);
        };
    }

    private static Map<String, Object> body(RequestBody body, Schemas schemas) {
        Map<String, Object> content = new LinkedHashMap<>();
        List<String> types = body.mediaTypes().isEmpty() ? List.of("*/*") : body.mediaTypes();
        for (String type : types) {
            Map<String, Object> media = new LinkedHashMap<>();
            body.type().ifPresent(record -> media.put("schema", schemas.of(record)));
            if (!body.example().isEmpty()) {
                media.put(
                        "example",
                        body.type().isPresent()
                                ? ApiJson.mapper().readValue(body.example(), Object.class)
                                : body.example());
            }
            content.put(type, media);
        }
        return ordered("required", false, "content", content);
    }

    private static Map<String, Object> responses(Route route, Schemas schemas, Examples examples) {
        Map<String, Object> responses = new LinkedHashMap<>();
        for (Reply reply : route.replies()) {
            @SuppressWarnings("unchecked") // only this loop puts values in
            Map<String, Object> response =
                    (Map<String, Object>)
                            responses.computeIfAbsent(
                                    Integer.toString(reply.status()),
                                    _ -> ordered("description", reply.description()));
            if (!reply.mediaType().isEmpty()) {
                @SuppressWarnings("unchecked") // likewise
                Map<String, Object> content =
                        (Map<String, Object>)
                                response.computeIfAbsent("content", _ -> new LinkedHashMap<>());
                content.put(reply.mediaType(), media(reply, schemas, examples));
            }
            if (reply.status() == 202 || reply.status() == 201) {
                response.put(
                        "headers",
                        ordered("Location", ordered("schema", ordered("type", "string"))));
            }
        }
        responses.put("default", ordered("$ref", "#/components/responses/Problem"));
        return responses;
    }

    private static Map<String, Object> media(Reply reply, Schemas schemas, Examples examples) {
        Map<String, Object> media = new LinkedHashMap<>();
        if (reply.type().isPresent()) {
            Map<String, Object> schema = schemas.of(reply.type().get());
            media.put("schema", schema);
            media.put("example", examples.of(schema));
        } else if (!reply.mediaType().endsWith("json")) {
            media.put("schema", ordered("type", "string"));
        }
        return media;
    }
}
