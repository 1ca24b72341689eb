package dev.millwright.server.telemetry.otlp;

import dev.millwright.model.log.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Turns messages of log records into lines. Pure.
final class LogReader {
    private static final Field TIME = new Field(1, "timeUnixNano");
    private static final Field SEVERITY = new Field(2, "severityNumber");
    private static final Field SEVERITY_TEXT = new Field(3, "severityText");
    private static final Field BODY = new Field(5, "body");
    private static final Field ATTRIBUTES = new Field(6, "attributes");
    private static final Field OBSERVED = new Field(11, "observedTimeUnixNano");

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String STACK = "exception.stacktrace";
    private static final int LONGEST_LINE = 8_000;
    private static final int MOST_LINES = 200;
    private static final int EACH_GRADE = 4;

    private LogReader() {}

    static ReceivedLog read(Message record) {
        Map<String, Object> attributes = new LinkedHashMap<>(Values.of(record, ATTRIBUTES));
        Object stack = attributes.remove(STACK);
        StringBuilder text = new StringBuilder();
        text.append(record.message(BODY).map(LogReader::body).orElse(""));
        if (!attributes.isEmpty()) {
            text.append(text.isEmpty() ? "" : " ").append(JSON.writeValueAsString(attributes));
        }
        if (stack != null) {
            text.append('\n').append(stack);
        }
        long time = record.number(TIME);
        return new ReceivedLog(
                time > 0 ? time : Math.max(0, record.number(OBSERVED)),
                severity(record),
                lines(text.toString()));
    }

    /// Text as it is, whatever else as JSON.
    private static String body(Message body) {
        if (body.has(Field.STRING_VALUE)) {
            return body.text(Field.STRING_VALUE);
        }
        Object plain = Values.plain(body, 0);
        return plain instanceof String text ? text : JSON.writeValueAsString(plain);
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        text.replace("\0", "")
                .lines()
                .limit(MOST_LINES)
                .forEach(line -> lines.add(Texts.text(line, LONGEST_LINE)));
        return lines.isEmpty() ? List.of("") : lines;
    }

    private static Severity severity(Message record) {
        long number = record.number(SEVERITY);
        if (number >= Severity.TRACE.number() && number < Severity.FATAL.number() + EACH_GRADE) {
            Severity found = Severity.NONE;
            for (Severity each : Severity.values()) {
                if (each.number() <= number) {
                    found = each;
                }
            }
            return found;
        }
        String word = record.text(SEVERITY_TEXT).strip().toUpperCase(Locale.ROOT);
        return switch (word) {
            case "TRACE" -> Severity.TRACE;
            case "DEBUG" -> Severity.DEBUG;
            case "INFO" -> Severity.INFO;
            case "WARN", "WARNING" -> Severity.WARN;
            case "ERROR" -> Severity.ERROR;
            case "FATAL", "CRITICAL" -> Severity.FATAL;
            default -> Severity.NONE;
        };
    }
}
