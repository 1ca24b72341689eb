package dev.millwright.server.telemetry.otlp;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Turns messages of spans into what is kept of them. Pure.
final class SpanReader {
    private static final Field TRACE_ID = new Field(1, "traceId");
    private static final Field SPAN_ID = new Field(2, "spanId");
    private static final Field PARENT_ID = new Field(4, "parentSpanId");
    private static final Field NAME = new Field(5, "name");
    private static final Field KIND = new Field(6, "kind");
    private static final Field START = new Field(7, "startTimeUnixNano");
    private static final Field END = new Field(8, "endTimeUnixNano");
    private static final Field ATTRIBUTES = new Field(9, "attributes");
    private static final Field EVENTS = new Field(11, "events");
    private static final Field STATUS = new Field(15, "status");
    private static final Field STATUS_MESSAGE = new Field(2, "message");
    private static final Field STATUS_CODE = new Field(3, "code");
    private static final Field EVENT_TIME = new Field(1, "timeUnixNano");
    private static final Field EVENT_NAME = new Field(2, "name");
    private static final Field EVENT_ATTRIBUTES = new Field(3, "attributes");

    private static final Pattern HEX_16 = Pattern.compile("(?!0{16})[0-9a-f]{16}");
    private static final Pattern HEX_32 = Pattern.compile("(?!0{32})[0-9a-f]{32}");
    private static final int LONGEST_NAME = 300;
    private static final int LONGEST_MESSAGE = 1_000;
    private static final int MOST_EVENTS = 8;

    private SpanReader() {}

    /// Throws [MalformedException] when this one span is of no use.
    static ReceivedSpan read(Message span, String service, String scope) {
        String name = Texts.line(span.text(NAME), LONGEST_NAME);
        String parent = span.id(PARENT_ID);
        boolean isFirst = parent.isEmpty() || parent.equals("0".repeat(16));
        long start = span.number(START);
        if (start <= 0) {
            throw new MalformedException("span '%s' has no start time".formatted(name));
        }
        return new ReceivedSpan(
                id(span.id(TRACE_ID), HEX_32, name),
                id(span.id(SPAN_ID), HEX_16, name),
                isFirst ? "" : id(parent, HEX_16, name),
                name.isBlank() ? "unnamed" : name,
                kind(span.number(KIND)),
                span.message(STATUS).map(SpanReader::status).orElse("unset"),
                span.message(STATUS)
                        .map(status -> Texts.text(status.text(STATUS_MESSAGE), LONGEST_MESSAGE))
                        .orElse(""),
                start,
                Math.max(start, span.number(END)),
                Values.of(span, ATTRIBUTES),
                events(span),
                service,
                scope);
    }

    private static String id(String text, Pattern form, String name) {
        if (!form.matcher(text).matches()) {
            throw new MalformedException(
                    "span '%s': ids have 16 hexadecimal digits, those of traces 32, and are not 0"
                            .formatted(name));
        }
        return text;
    }

    private static String kind(long number) {
        return switch ((int) number) {
            case 2 -> "server";
            case 3 -> "client";
            case 4 -> "producer";
            case 5 -> "consumer";
            default -> "internal";
        };
    }

    private static String status(Message status) {
        return switch ((int) status.number(STATUS_CODE)) {
            case 1 -> "ok";
            case 2 -> "error";
            default -> "unset";
        };
    }

    private static List<ReceivedSpan.Occurrence> events(Message span) {
        List<ReceivedSpan.Occurrence> events = new ArrayList<>();
        for (Message event : span.messages(EVENTS)) {
            if (events.size() == MOST_EVENTS) {
                break;
            }
            events.add(
                    new ReceivedSpan.Occurrence(
                            Texts.line(event.text(EVENT_NAME), LONGEST_NAME),
                            event.number(EVENT_TIME),
                            Values.of(event, EVENT_ATTRIBUTES)));
        }
        return events;
    }
}
