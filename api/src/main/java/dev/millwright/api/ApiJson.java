package dev.millwright.api;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millwright.model.AttemptId;
import dev.millwright.model.DeliveryId;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/// The one way in which the records of this module become JSON and come back: camelCase, lower-case
/// enum words, RFC 3339 times, ids and step paths as text, no nulls.
public final class ApiJson {
    private ApiJson() {}

    /// A mapper that ignores what it does not know, as a client should.
    public static JsonMapper mapper() {
        return builder().build();
    }

    /// The same, to be narrowed.
    public static JsonMapper.Builder builder() {
        return builder(new JsonFactory());
    }

    /// The same, reading and writing through a factory with limits of its own.
    public static JsonMapper.Builder builder(JsonFactory factory) {
        return JsonMapper.builder(factory)
                .addModule(ids())
                .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                // Records travel as their components; what is computed from them does not.
                .changeDefaultVisibility(
                        checker -> checker.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
                .changeDefaultPropertyInclusion(
                        inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL));
    }

    private static SimpleModule ids() {
        SimpleModule module = new SimpleModule("ids");
        text(module, RunId.class, RunId::parse);
        text(module, DeliveryId.class, DeliveryId::parse);
        text(module, AttemptId.class, AttemptId::parse);
        text(module, StepPath.class, StepPath::parse);
        return module;
    }

    private static <T> void text(SimpleModule module, Class<T> type, Function<String, T> parse) {
        module.addSerializer(
                type,
                new StdSerializer<T>(type) {
                    @Override
                    public void serialize(
                            T value, JsonGenerator generator, SerializationContext context) {
                        generator.writeString(value.toString());
                    }
                });
        module.addDeserializer(
                type,
                new StdDeserializer<T>(type) {
                    @Override
                    public T deserialize(JsonParser parser, DeserializationContext context) {
                        String text = parser.getValueAsString("");
                        try {
                            return parse.apply(text);
                        } catch (RuntimeException malformed) {
                            return context.reportInputMismatch(type, malformed.getMessage());
                        }
                    }
                });
    }
}
