package dev.millwright.otel;

import dev.millwright.model.log.LogLine;
import dev.millwright.model.log.LogStream;
import dev.millwright.model.log.Severity;
import dev.millwright.plugin.export.Export;
import dev.millwright.plugin.report.AttemptReport;
import dev.millwright.plugin.report.StepReport;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The logs of one run as log records, batch by batch. Used by one thread.
final class RunLog {
    /// A batch has no more than about this many bytes of text: receivers refuse more than 4 MiB.
    private static final long MOST_BYTES = 1 << 20;

    private static final int PAGE = 500;

    private final Export export;
    private final List<Written> written = new ArrayList<>();

    /// One try of a step, whose log it is.
    private record Written(StepReport step, AttemptReport attempt) {}

    /// Some records, perhaps none, and what comes after them.
    record Batch(List<LogRecord> records, Part next) {}

    RunLog(Export export) {
        this.export = export;
        for (StepReport step : export.run().steps()) {
            for (AttemptReport attempt : step.attempts()) {
                written.add(new Written(step, attempt));
            }
        }
    }

    /// What comes from there on.
    Batch from(int firstAttempt, long firstLine) {
        List<LogRecord> records = new ArrayList<>();
        int attempt = firstAttempt;
        long next = firstLine;
        long bytes = 0;
        while (attempt < written.size() && bytes < MOST_BYTES) {
            Written source = written.get(attempt);
            List<LogLine> lines =
                    next < source.attempt().logLines()
                            ? export.logs().lines(source.attempt().id(), next, PAGE)
                            : List.of();
            for (LogLine line : lines) {
                if (bytes >= MOST_BYTES) {
                    break;
                }
                records.add(record(source, line));
                bytes += line.bytes().length + 100L;
                next = line.number() + 1;
            }
            if (lines.isEmpty()) {
                attempt++;
                next = 0;
            }
        }
        return new Batch(
                records,
                attempt < written.size() ? new Part.Logs(attempt, next) : new Part.Metrics());
    }

    private LogRecord record(Written source, LogLine line) {
        LogRecord.Builder record =
                LogRecord.newBuilder()
                        .setTimeUnixNano(Ids.nanos(line.at()))
                        .setObservedTimeUnixNano(Ids.nanos(line.at()))
                        .setBody(AnyValue.newBuilder().setStringValue(line.text()))
                        .setTraceId(Ids.bytes(export.run().traceId()))
                        .setSpanId(Ids.bytes(source.attempt().spanId()))
                        .setFlags(RunSpans.SAMPLED)
                        .addAllAttributes(attributes(source, line));
        // Standard error alone is not grave: only what a line says of itself counts
        if (line.severity() != Severity.NONE) {
            record.setSeverityNumber(SeverityNumber.forNumber(line.severity().number()))
                    .setSeverityText(line.severity().name().toUpperCase(Locale.ROOT));
        }
        return record.build();
    }

    private static List<KeyValue> attributes(Written source, LogLine line) {
        return new Attributes()
                .put("cicd.pipeline.task.name", source.step().name())
                .put("cicd.pipeline.task.run.id", source.attempt().id().toString())
                .put("log.iostream", line.stream() == LogStream.ERR ? "stderr" : "stdout")
                .put("millwright.log.line", line.number())
                .all();
    }
}
