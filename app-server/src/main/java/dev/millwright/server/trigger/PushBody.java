package dev.millwright.server.trigger;

import dev.millwright.model.Payload;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The two fields that push payloads of most forges share: `ref` and `after`.
///
/// @param node the whole body
record PushBody(JsonNode node) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    private static final String NOTHING = "0".repeat(40);

    /// Empty when the body is not a JSON object.
    static Optional<PushBody> of(Payload body) {
        if (body.isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode node = JSON.readTree(body.bytes());
            return node.isObject() ? Optional.of(new PushBody(node)) : Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    Optional<String> ref() {
        return text("ref");
    }

    Optional<String> commit() {
        return text("after").filter(hash -> !hash.equals(NOTHING));
    }

    boolean isDeletion() {
        return text("after").filter(NOTHING::equals).isPresent();
    }

    private Optional<String> text(String field) {
        JsonNode value = node.path(field);
        return value.isString() ? Optional.of(value.asString()) : Optional.empty();
    }
}
