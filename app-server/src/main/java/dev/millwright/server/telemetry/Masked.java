package dev.millwright.server.telemetry;

import dev.millwright.node.log.SecretMask;
import dev.millwright.server.telemetry.otlp.Received;
import dev.millwright.server.telemetry.otlp.ReceivedLog;
import dev.millwright.server.telemetry.otlp.ReceivedSpan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Covers the values of secrets in what a step tells of itself: programs put headers, command lines
/// and addresses into the names and attributes of their spans. Pure.
record Masked(SecretMask mask) {

    Received<ReceivedSpan> spans(Received<ReceivedSpan> spans) {
        return mask.isEmpty()
                ? spans
                : new Received<>(
                        spans.items().stream().map(this::span).toList(),
                        spans.refused(),
                        mask.text(spans.reason()));
    }

    Received<ReceivedLog> logs(Received<ReceivedLog> records) {
        return mask.isEmpty()
                ? records
                : new Received<>(
                        records.items().stream().map(this::log).toList(),
                        records.refused(),
                        mask.text(records.reason()));
    }

    private ReceivedLog log(ReceivedLog record) {
        return new ReceivedLog(
                record.nanos(),
                record.severity(),
                record.lines().stream().map(mask::text).toList());
    }

    private ReceivedSpan span(ReceivedSpan span) {
        return new ReceivedSpan(
                span.traceId(),
                span.spanId(),
                span.parentId(),
                mask.text(span.name()),
                span.kind(),
                span.status(),
                mask.text(span.message()),
                span.startNanos(),
                span.endNanos(),
                attributes(span.attributes()),
                span.events().stream().map(this::occurrence).toList(),
                mask.text(span.service()),
                mask.text(span.scope()));
    }

    private ReceivedSpan.Occurrence occurrence(ReceivedSpan.Occurrence event) {
        return new ReceivedSpan.Occurrence(
                mask.text(event.name()), event.nanos(), attributes(event.attributes()));
    }

    private Map<String, Object> attributes(Map<String, Object> attributes) {
        Map<String, Object> masked = new LinkedHashMap<>();
        attributes.forEach((key, value) -> masked.put(mask.text(key), value(value)));
        return masked;
    }

    private Object value(Object value) {
        return switch (value) {
            case String text -> mask.text(text);
            case List<?> list -> list.stream().map(this::value).toList();
            case Map<?, ?> map -> {
                Map<String, Object> masked = new LinkedHashMap<>();
                map.forEach(
                        (key, inner) -> masked.put(mask.text(String.valueOf(key)), value(inner)));
                yield masked;
            }
            // A number may be a secret, too: the PIN of a device
            case Number number -> masked(number);
            default -> value;
        };
    }

    private Object masked(Number number) {
        String text = number.toString();
        String masked = mask.text(text);
        return masked.equals(text) ? number : masked;
    }
}
