package dev.millwright.server.store;

import dev.millwright.model.Parameters;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Write and read the JSON that columns hold. Called from any thread.
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private Json() {}

    public static String of(Parameters parameters) {
        return MAPPER.writeValueAsString(parameters.values());
    }

    public static String of(Map<String, String> texts) {
        return MAPPER.writeValueAsString(texts);
    }

    public static Parameters parameters(String json) {
        return new Parameters(read(json, TREE));
    }

    public static Map<String, String> texts(String json) {
        return read(json, TEXTS);
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JacksonException damaged) {
            throw new StoreException(
                    "a column holds damaged JSON: " + damaged.getOriginalMessage(), damaged);
        }
    }
}
