package dev.millwright.engine.schema;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Publishes the form of pipeline files for editors and other tools. Any thread.
public final class PipelineSchema {
    /// How durations look: `1h30m`, or ISO 8601 such as `PT10M`.
    public static final String DURATION =
            "([0-9]{1,9}(ms|s|m|h|d))+"
                    + "|P(?=[0-9T])([0-9]{1,9}D)?"
                    + "(T(?=[0-9])([0-9]{1,9}H)?([0-9]{1,9}M)?([0-9]{1,9}([.][0-9]{1,9})?S)?)?";

    /// What a step does; each step has exactly one of these, those of [#ALONE] apart.
    public static final List<String> BODIES =
            List.of(
                    "commands",
                    "exec",
                    "sequence",
                    "parallel",
                    "approve",
                    "wait",
                    "include",
                    "nodes");

    /// What makes a step that has none of these: the image or the runner knows what to do.
    public static final List<String> ALONE = List.of("image", "runner");

    private static final JsonMapper JSON = new JsonMapper();

    private PipelineSchema() {}

    /// JSON Schema, draft 2020-12.
    public static String json() {
        ObjectNode schema = JSON.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("$id", "https://millwright.dev/schemas/pipeline.json");
        schema.put("title", "Millwright pipeline");
        schema.setAll(form(Forms.PIPELINE));
        ObjectNode definitions = schema.putObject("$defs");
        Forms.all().stream().skip(1).forEach(form -> definitions.set(form.name(), form(form)));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
    }

    private static ObjectNode form(Form form) {
        ObjectNode schema = JSON.createObjectNode();
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JSON.createArrayNode();
        for (Key key : form.keys()) {
            properties.set(key.name(), described(key, key.doc()));
            key.aliases()
                    .forEach(alias ->
                            properties.set(
                                    alias, described(key, "The same as `" + key.name() + "`.")));
            if (key.required()) {
                required.add(key.name());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        if (form.open()) {
            schema.putObject("patternProperties").putObject("^x-");
        }
        form.rest()
                .ifPresentOrElse(
                        rest -> schema.set("additionalProperties", shape(rest)),
                        () -> schema.put("additionalProperties", false));
        spellings(form, schema);
        if (form.equals(Forms.STEP)) {
            schema.set("oneOf", bodies());
        }
        return schema;
    }

    private static ObjectNode described(Key key, String doc) {
        ObjectNode schema = shape(key.shape());
        schema.put("description", doc);
        if (!key.fallback().isEmpty()) {
            schema.put("$comment", "default: " + key.fallback());
        }
        return schema;
    }

    /// Two spellings of one key do not stand side by side.
    private static void spellings(Form form, ObjectNode schema) {
        ArrayNode never = JSON.createArrayNode();
        for (Key key : form.keys()) {
            key.aliases()
                    .forEach(alias -> never.addObject().set("not", required(key.name(), alias)));
        }
        if (!never.isEmpty()) {
            schema.set("allOf", never);
        }
    }

    private static ArrayNode bodies() {
        ArrayNode bodies = JSON.createArrayNode();
        List<String> words =
                BODIES.stream()
                        .flatMap(body ->
                                Stream.concat(
                                        Stream.of(body),
                                        Forms.STEP.find(body).stream()
                                                .flatMap(key -> key.aliases().stream())))
                        .toList();
        words.forEach(word -> bodies.add(required(word)));
        ObjectNode alone = JSON.createObjectNode();
        ArrayNode either = alone.putArray("anyOf");
        ALONE.forEach(word -> either.add(required(word)));
        ArrayNode others = alone.putObject("not").putArray("anyOf");
        words.forEach(word -> others.add(required(word)));
        bodies.add(alone);
        return bodies;
    }

    private static ObjectNode required(String... keys) {
        ObjectNode schema = JSON.createObjectNode();
        ArrayNode required = schema.putArray("required");
        for (String key : keys) {
            required.add(key);
        }
        return schema;
    }

    private static ObjectNode shape(Shape shape) {
        ObjectNode schema = JSON.createObjectNode();
        switch (shape) {
            case Shape.Text(String pattern, String _) -> text(schema, pattern);
            case Shape.Flag _ -> schema.put("type", "boolean");
            case Shape.Whole(int least, int most) ->
                    schema.put("type", "integer").put("minimum", least).put("maximum", most);
            case Shape.Time(boolean positive) -> {
                schema.put("type", "string").put("pattern", "^(" + DURATION + ")$");
                if (positive) {
                    schema.putObject("not").put("pattern", "^[^1-9]*$");
                }
            }
            case Shape.Word(List<String> words) -> words.forEach(schema.putArray("enum")::add);
            case Shape.ListOf(Shape element) ->
                    schema.put("type", "array").put("minItems", 1).set("items", shape(element));
            case Shape.MapOf(String names, String _, Shape value) -> {
                schema.put("type", "object");
                if (!names.isEmpty()) {
                    schema.putObject("propertyNames").put("pattern", "^(" + names + ")$");
                }
                schema.set("additionalProperties", shape(value));
            }
            case Shape.Named(String form) -> schema.put("$ref", "#/$defs/" + form);
            case Shape.Either(List<Shape> choices) -> {
                ArrayNode any = schema.putArray("anyOf");
                choices.forEach(choice -> any.add(shape(choice)));
            }
            case Shape.Nothing _ -> schema.put("type", "null");
            case Shape.Anything _ -> {
                // The empty schema
            }
        }
        return schema;
    }

    private static void text(ObjectNode schema, String pattern) {
        if (pattern.isEmpty()) {
            schema.putArray("type").add("string").add("number").add("boolean");
        } else {
            schema.put("type", "string").put("pattern", "^(" + pattern + ")$");
        }
    }
}
