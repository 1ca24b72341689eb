package dev.millwright.api.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which lines of a step's log to give. Start with [#FIRST] or [#tail(int)].
///
/// @param from number of the first line wanted, from 1
/// @param tail how many of the last lines; 0 to count from the front
/// @param attempt number of the try; 0 for the last one
/// @param stream only lines of this stream
/// @param search only lines that match this RE2 expression
public record LogQuery(
        long from,
        int limit,
        int tail,
        int attempt,
        LogLineView.@Nullable Stream stream,
        @Nullable String search) {
    /// The first 500 lines of the last try.
    public static final LogQuery FIRST = new LogQuery(1, 500, 0, 0, null, null);

    /// The last lines of the last try.
    public static LogQuery tail(int lines) {
        return new LogQuery(1, 500, lines, 0, null, null);
    }

    public LogQuery from(long line) {
        return new LogQuery(line, limit, 0, attempt, stream, search);
    }

    public LogQuery limit(int lines) {
        return new LogQuery(from, lines, tail, attempt, stream, search);
    }

    public LogQuery ofAttempt(int number) {
        return new LogQuery(from, limit, tail, number, stream, search);
    }

    public LogQuery onStream(LogLineView.Stream wanted) {
        return new LogQuery(from, limit, tail, attempt, wanted, search);
    }

    public LogQuery matching(String expression) {
        return new LogQuery(from, limit, tail, attempt, stream, expression);
    }

    /// The parameters as they travel.
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (tail > 0) {
            parameters.put("tail", tail);
        } else {
            parameters.put("from", from);
            parameters.put("limit", limit);
        }
        if (attempt > 0) {
            parameters.put("attempt", attempt);
        }
        if (stream != null) {
            parameters.put("stream", stream == LogLineView.Stream.OUT ? "out" : "err");
        }
        if (search != null) {
            parameters.put("search", search);
        }
        return parameters;
    }
}
