package dev.millwright.engine.schema;

import dev.millwright.engine.yaml.Key;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Publishes the form of pipeline files for editors and other tools. Any thread.
public final class PipelineSchema {
    private static final JsonMapper JSON = new JsonMapper();

    private PipelineSchema() {}

    /// JSON Schema, draft 2020-12.
    public static String json() {
        ObjectNode schema = JSON.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Millwright pipeline");
        schema.put("type", "object");
        schema.set("properties", properties(Key.Place.PIPELINE));
        schema.set("patternProperties", JSON.readTree("{\"^x-\":{}}"));
        schema.set("required", JSON.readTree("[\"steps\"]"));
        schema.put("additionalProperties", false);
        ObjectNode definitions = schema.putObject("$defs");
        ObjectNode step = definitions.putObject("step");
        step.put("type", "object");
        step.set("properties", properties(Key.Place.STEP));
        step.set("patternProperties", JSON.readTree("{\"^x-\":{}}"));
        step.put("additionalProperties", false);
        definitions.set(
                "steps",
                JSON.readTree(
                        "{\"type\":\"array\",\"minItems\":1,\"items\":{\"$ref\":\"#/$defs/step\"}}"));
        definitions.set(
                "duration",
                JSON.readTree(
                        "{\"type\":\"string\",\"pattern\":\"^(([0-9]{1,9}(ms|s|m|h|d))+|P.+)$\"}"));
        definitions.set(
                "when",
                JSON.readTree(
                        """
                        {"oneOf":[{"$ref":"#/$defs/clause"},
                                  {"type":"array","items":{"$ref":"#/$defs/clause"}}]}
                        """));
        definitions.set(
                "clause",
                JSON.readTree(
                        """
                        {"type":"object","additionalProperties":false,
                         "patternProperties":{"^x-":{}},
                         "properties":{"event":{"type":["string","array"]},
                                       "branch":{"type":["string","array"]},
                                       "path":{"type":["string","array","object"]},
                                       "expression":{"type":"string"}}}
                        """));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
    }

    private static ObjectNode properties(Key.Place place) {
        ObjectNode properties = JSON.createObjectNode();
        for (Key key : Key.ALL) {
            if (key.place() == place || key.place() == Key.Place.BOTH) {
                ObjectNode property = (ObjectNode) JSON.readTree(key.schema());
                property.put("description", key.doc());
                properties.set(key.name(), property);
            }
        }
        if (place == Key.Place.STEP) {
            properties.set("onLost", JSON.readTree("{\"enum\":[\"fail\",\"retry\"]}"));
        }
        return properties;
    }
}
