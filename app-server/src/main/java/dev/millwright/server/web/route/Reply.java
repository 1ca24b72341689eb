package dev.millwright.server.web.route;

import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One way in which a route answers, problems apart.
///
/// @param mediaType empty when there is no body
/// @param typeOrNull the record that travels as JSON; null for text and streams
/// @param description one sentence
public record Reply(int status, String mediaType, @Nullable Type typeOrNull, String description) {
    public static final String JSON = "application/json";
    public static final String EVENTS = "text/event-stream";

    public static Reply json(int status, Type type, String description) {
        return new Reply(status, JSON, type, description);
    }

    public static Reply text(int status, String mediaType, String description) {
        return new Reply(status, mediaType, null, description);
    }

    public static Reply empty(int status, String description) {
        return new Reply(status, "", null, description);
    }

    public Optional<Type> type() {
        return Optional.ofNullable(typeOrNull);
    }
}
