package dev.millwright.server.web.route;

import dev.millwright.api.ApiJson;
import dev.millwright.api.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/// JSON in both directions; refuses bombs, unknown properties and double keys with their place.
/// Called from any thread.
public final class Bodies {
    private static final StreamReadConstraints LIMITS =
            StreamReadConstraints.builder()
                    .maxNestingDepth(100)
                    .maxNumberLength(100)
                    .maxStringLength(1 << 20)
                    .maxNameLength(1_000)
                    .build();

    private final JsonMapper reader =
            ApiJson.builder(JsonFactory.builder().streamReadConstraints(LIMITS).build())
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();

    /// Read a record from JSON; throws [ProblemException].
    public <T> T read(String text, Class<T> type) {
        return read(text.getBytes(StandardCharsets.UTF_8), type);
    }

    <T> T read(byte[] body, Class<T> type) {
        byte[] json = body.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : body;
        try {
            T value = reader.readValue(json, type);
            if (value == null) {
                throw ProblemException.of(
                        ProblemType.INVALID_REQUEST, "the body is null; send a JSON object");
            }
            return value;
        } catch (DatabindException e) {
            throw problem(pointer(e), message(e), e);
        } catch (JacksonException e) {
            throw problem("", "this is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    public byte[] write(Object value) {
        return reader.writeValueAsBytes(value);
    }

    public String text(Object value) {
        return reader.writeValueAsString(value);
    }

    private static ProblemException problem(String pointer, String message, JacksonException e) {
        TokenStreamLocation place = e.getLocation();
        boolean known = place != null && place.getLineNr() > 0;
        Problem.Violation violation =
                new Problem.Violation(
                        pointer,
                        message,
                        known ? place.getLineNr() : null,
                        known ? place.getColumnNr() : null);
        String where =
                known
                        ? " (line %d, column %d)".formatted(place.getLineNr(), place.getColumnNr())
                        : "";
        return ProblemException.of(
                ProblemType.INVALID_REQUEST, "body: " + message + where, List.of(violation));
    }

    private static String message(DatabindException e) {
        return e instanceof UnrecognizedPropertyException unknown
                ? "unknown property '%s'; known are %s"
                        .formatted(
                                unknown.getPropertyName(),
                                unknown.getKnownPropertyIds() == null
                                        ? "none"
                                        : unknown.getKnownPropertyIds().stream()
                                                .map(String::valueOf)
                                                .sorted()
                                                .collect(Collectors.joining(", ")))
                : "the value does not fit: " + firstLine(e.getOriginalMessage());
    }

    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("");
        // Names of classes say nothing to callers.
        return line.replaceAll("`[\\w.$<>]*\\.([\\w$]+)[^`]*`", "$1");
    }

    private static String pointer(DatabindException e) {
        return e.getPath().stream()
                .map(part ->
                        "/"
                                + (part.getPropertyName() == null
                                        ? String.valueOf(part.getIndex())
                                        : part.getPropertyName()
                                                .replace("~", "~0")
                                                .replace("/", "~1")))
                .collect(Collectors.joining());
    }
}
