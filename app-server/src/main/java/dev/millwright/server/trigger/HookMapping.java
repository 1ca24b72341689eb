package dev.millwright.server.trigger;

import dev.millwright.engine.expression.Expressions;
import dev.millwright.model.Payload;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Maps the body, headers and query of a request to what a run needs, as the hook's expressions
/// say. Pure.
final class HookMapping {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_LONG_FOR_INTS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();
    private static final TypeReference<Object> ANYTHING = new TypeReference<>() {};

    private HookMapping() {}

    /// The variables that expressions see; a body that is not JSON is its text.
    static Map<String, Object> variables(
            Map<String, String> headers, Map<String, String> query, Payload body) {
        return Map.of("body", value(body), "headers", headers, "query", query);
    }

    /// What is wrong with a body that says it is JSON; empty when nothing is.
    static Optional<String> problem(Optional<String> contentType, Payload body) {
        boolean json =
                contentType
                        .filter(type -> type.toLowerCase(Locale.ROOT).contains("json"))
                        .isPresent();
        if (!json || body.isEmpty()) {
            return Optional.empty();
        }
        try {
            var _ = JSON.readValue(body.bytes(), ANYTHING);
            return Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.of(
                    "the body is not JSON, as its Content-Type says: %s%s"
                            .formatted(place(notJson), notJson.getOriginalMessage()));
        }
    }

    /// What goes beyond a limit is told without a place.
    private static String place(JacksonException notJson) {
        @Nullable TokenStreamLocation place = notJson.getLocation();
        return place == null
                ? ""
                : "line %d, column %d: ".formatted(place.getLineNr(), place.getColumnNr());
    }

    private static Object value(Payload body) {
        if (body.isEmpty()) {
            return Map.of();
        }
        try {
            Object value = JSON.readValue(body.bytes(), ANYTHING);
            return value == null ? Map.of() : value;
        } catch (JacksonException notJson) {
            return body.text();
        }
    }

    /// Throws [ExpressionException] when an expression does not fit the request.
    static boolean applies(GenericHook.Settings hook, Map<String, Object> variables) {
        return hook.when().isEmpty()
                || Boolean.TRUE.equals(Expressions.evaluate(hook.when(), variables));
    }

    /// Throws [ExpressionException] when an expression does not fit the request.
    static Map<String, String> inputs(GenericHook.Settings hook, Map<String, Object> variables) {
        Map<String, String> inputs = new LinkedHashMap<>();
        hook.inputs()
                .forEach((name, expression) ->
                        value(expression, variables).ifPresent(value -> inputs.put(name, value)));
        return inputs;
    }

    /// What an expression gives; empty when there is none. Throws [ExpressionException] when it
    /// does not fit the request.
    static Optional<String> value(String expression, Map<String, Object> variables) {
        return expression.isEmpty()
                ? Optional.empty()
                : Optional.of(String.valueOf(Expressions.evaluate(expression, variables)));
    }
}
