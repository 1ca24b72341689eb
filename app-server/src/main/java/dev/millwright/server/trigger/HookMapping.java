package dev.millwright.server.trigger;

import dev.millwright.engine.expression.Expressions;
import dev.millwright.model.Parameters;
import dev.millwright.server.resource.PipelineSpec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Maps the body, headers and query of a request to what a run needs, as the hook's expressions
/// say.
final class HookMapping {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_LONG_FOR_INTS).build();
    private static final TypeReference<Object> ANYTHING = new TypeReference<>() {};

    private HookMapping() {}

    /// The variables that expressions see; a body that is not JSON is its text.
    static Map<String, Object> variables(HookRequest request) {
        Map<String, Object> headers = new HashMap<>();
        request.headers()
                .forEach((name, values) -> {
                    if (!PlainWebhook.CREDENTIALS.contains(name)) {
                        headers.put(name, String.join(", ", values));
                    }
                });
        Map<String, Object> query = new HashMap<>();
        request.query().forEach((name, values) -> query.put(name, String.join(",", values)));
        return Map.of("body", body(request), "headers", headers, "query", query);
    }

    /// What is wrong with a body that says it is JSON; empty when nothing is.
    static Optional<String> problem(HookRequest request) {
        boolean json =
                request.header("Content-Type")
                        .filter(type -> type.toLowerCase(Locale.ROOT).contains("json"))
                        .isPresent();
        if (!json || request.body().isEmpty()) {
            return Optional.empty();
        }
        try {
            var _ = JSON.readValue(request.body().bytes(), ANYTHING);
            return Optional.empty();
        } catch (JacksonException notJson) {
            var place = notJson.getLocation();
            return Optional.of(
                    "the body is not JSON, as its Content-Type says: line %d, column %d: %s"
                            .formatted(
                                    place.getLineNr(),
                                    place.getColumnNr(),
                                    notJson.getOriginalMessage()));
        }
    }

    private static Object body(HookRequest request) {
        if (request.body().isEmpty()) {
            return Map.of();
        }
        try {
            Object value = JSON.readValue(request.body().bytes(), ANYTHING);
            return value == null ? Map.of() : value;
        } catch (JacksonException notJson) {
            return request.body().text();
        }
    }

    /// Throws [ExpressionException] when an expression does not fit the request.
    static boolean applies(PipelineSpec.Hook hook, Map<String, Object> variables) {
        return hook.when().isEmpty()
                || Boolean.TRUE.equals(Expressions.evaluate(hook.when(), variables));
    }

    /// Throws [ExpressionException] when an expression does not fit the request.
    static Parameters parameters(PipelineSpec.Hook hook, Map<String, Object> variables) {
        Map<String, Object> values = new LinkedHashMap<>();
        put(values, "ref", hook.ref(), variables);
        put(values, "commit", hook.commit(), variables);
        Map<String, Object> inputs = new LinkedHashMap<>();
        hook.inputs().forEach((name, expression) -> put(inputs, name, expression, variables));
        if (!inputs.isEmpty()) {
            values.put("inputs", inputs);
        }
        return new Parameters(values);
    }

    private static void put(
            Map<String, Object> into,
            String name,
            String expression,
            Map<String, Object> variables) {
        if (!expression.isEmpty()) {
            into.put(name, String.valueOf(Expressions.evaluate(expression, variables)));
        }
    }
}
