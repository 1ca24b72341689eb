package dev.millwright.server.web.route;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// What goes back to the caller.
public sealed interface Answer {
    int status();

    Map<String, String> headers();

    /// A record of the API, sent as JSON.
    record Json(int status, Map<String, String> headers, Object body) implements Answer {}

    /// Text that is there as a whole.
    record Text(int status, Map<String, String> headers, String mediaType, String text)
            implements Answer {}

    /// Bytes that are there as a whole.
    @SuppressWarnings("ArrayRecordComponent") // on their way out, never compared
    record Bytes(int status, Map<String, String> headers, String mediaType, byte[] content)
            implements Answer {}

    /// Nothing but a status and headers.
    record Empty(int status, Map<String, String> headers) implements Answer {}

    /// Content that is written while it is made; it may go on for hours.
    record Streamed(Map<String, String> headers, String mediaType, Writing writing)
            implements Answer {
        @Override
        public int status() {
            return 200;
        }
    }

    /// The connection becomes a WebSocket that this endpoint serves.
    record Upgraded(Object endpoint) implements Answer {
        @Override
        public int status() {
            return 101;
        }

        @Override
        public Map<String, String> headers() {
            return Map.of();
        }
    }

    /// Writes a body. Flushing sends what is there.
    @FunctionalInterface
    interface Writing {
        void to(OutputStream out) throws IOException, InterruptedException;
    }

    static Answer ok(Object body) {
        return new Json(200, Map.of(), body);
    }

    static Answer json(int status, Object body) {
        return new Json(status, Map.of(), body);
    }

    static Answer accepted(String location, Object body) {
        return new Json(202, Map.of("Location", location), body);
    }

    static Answer text(String mediaType, String text) {
        return new Text(200, Map.of(), mediaType, text);
    }

    static Answer empty(int status) {
        return new Empty(status, Map.of());
    }

    static Answer streamed(String mediaType, Writing writing) {
        return new Streamed(Map.of(), mediaType, writing);
    }

    /// The same with one more header.
    default Answer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers());
        more.put(name, value);
        return switch (this) {
            case Json(int status, _, Object body) -> new Json(status, more, body);
            case Text(int status, _, String type, String text) ->
                    new Text(status, more, type, text);
            case Bytes(int status, _, String type, byte[] content) ->
                    new Bytes(status, more, type, content);
            case Empty(int status, _) -> new Empty(status, more);
            case Streamed(_, String type, Writing writing) -> new Streamed(more, type, writing);
            case Upgraded upgraded -> upgraded;
        };
    }

    /// A strong tag made of the text itself.
    static String tagOf(String text) {
        return "\""
                + Integer.toHexString(
                        java.util.Arrays.hashCode(text.getBytes(StandardCharsets.UTF_8)))
                + "-"
                + text.length()
                + "\"";
    }
}
