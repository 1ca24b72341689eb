package dev.millwright.server.web.route;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a route takes as its body.
///
/// @param mediaTypes accepted values of `Content-Type`; empty for any
/// @param typeOrNull the record that is read from JSON; null when the handler reads the bytes
/// @param example for the document, as it is sent
/// @param gzip whether the handler understands `Content-Encoding: gzip`
public record RequestBody(
        List<String> mediaTypes, @Nullable Type typeOrNull, String example, boolean gzip) {
    public RequestBody {
        mediaTypes = List.copyOf(mediaTypes);
    }

    public static RequestBody json(Type type, String example) {
        return new RequestBody(List.of(Reply.JSON), type, example, false);
    }

    /// YAML or JSON, one or several documents.
    public static RequestBody documents(String example) {
        return new RequestBody(
                List.of("application/yaml", "application/x-yaml", "text/yaml", Reply.JSON),
                null,
                example,
                false);
    }

    /// Bytes of one of these types, compressed or not.
    public static RequestBody gzipped(List<String> mediaTypes) {
        return new RequestBody(mediaTypes, null, "", true);
    }

    /// Whatever the sender likes.
    public static RequestBody anything() {
        return new RequestBody(List.of(), null, "", false);
    }

    public Optional<Type> type() {
        return Optional.ofNullable(typeOrNull);
    }
}
