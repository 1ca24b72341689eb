package dev.millwright.otel;

import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.net.URI;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts what receivers do not take of requests that they take: it must not be sent again, so it
/// is gone. Usable from any thread.
final class Refusals {
    private static final Logger log = LoggerFactory.getLogger(Refusals.class);

    private final Map<URI, Counts> open = new HashMap<>();

    /// What a receiver has refused in a time.
    record Counts(Instant since, Map<Signal, Long> records) {
        Counts {
            records = Map.copyOf(records);
        }

        static Counts none(Instant since) {
            return new Counts(since, Map.of());
        }

        private Counts plus(Map<Signal, Long> more) {
            Map<Signal, Long> sum = new EnumMap<>(Signal.class);
            sum.putAll(records);
            more.forEach((signal, count) -> sum.merge(signal, count, Long::sum));
            return new Counts(since, sum);
        }
    }

    /// Note what a receiver says about a request.
    void answered(URI receiver, Message answer) {
        switch (answer) {
            case ExportTraceServiceResponse traces -> {
                var part = traces.getPartialSuccess();
                note(receiver, Signal.TRACES, part.getRejectedSpans(), part.getErrorMessage());
            }
            case ExportLogsServiceResponse logs -> {
                var part = logs.getPartialSuccess();
                note(receiver, Signal.LOGS, part.getRejectedLogRecords(), part.getErrorMessage());
            }
            case ExportMetricsServiceResponse metrics -> {
                var part = metrics.getPartialSuccess();
                note(
                        receiver,
                        Signal.METRICS,
                        part.getRejectedDataPoints(),
                        part.getErrorMessage());
            }
            default -> log.debug("{} answers with {}", receiver, answer.getClass());
        }
    }

    private void note(URI receiver, Signal signal, long count, String why) {
        if (count != 0 || !why.isEmpty()) {
            log.warn("{} says about {}: {} refused: {}", receiver, signal, count, why);
        }
        if (count > 0) {
            add(receiver, new Counts(Instant.now(), Map.of(signal, count)));
        }
    }

    private synchronized void add(URI receiver, Counts counts) {
        open.merge(
                receiver,
                counts,
                (known, more) ->
                        new Counts(
                                        known.since().isBefore(more.since())
                                                ? known.since()
                                                : more.since(),
                                        known.records())
                                .plus(more.records()));
    }

    /// What it has refused since this was asked before.
    synchronized Counts take(URI receiver, Instant now) {
        Counts taken = open.remove(receiver);
        return taken == null ? Counts.none(now) : taken;
    }

    /// It could not be told: it counts the next time.
    void giveBack(URI receiver, Counts counts) {
        if (!counts.records().isEmpty()) {
            add(receiver, counts);
        }
    }
}
