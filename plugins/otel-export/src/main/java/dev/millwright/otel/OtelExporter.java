package dev.millwright.otel;

import com.google.protobuf.Message;
import dev.millwright.plugin.NetworkWall;
import dev.millwright.plugin.PluginContext;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.export.Export;
import dev.millwright.plugin.export.Exporter;
import dev.millwright.plugin.export.Occasion;
import dev.millwright.plugin.report.Measures;
import dev.millwright.plugin.report.RunReport;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Sends a run as one trace with its logs and metrics.
///
/// Usable from any thread; keeps nothing between calls but what it was opened with, and how much
/// receivers have refused since they were told so.
public final class OtelExporter implements Exporter<OtelSettings> {
    /// So that a call with much to send is over well before its deadline of 60 s.
    private static final Duration LONGEST_CALL = Duration.ofSeconds(15);

    private static final int SPANS_AT_ONCE = 1_000;

    private final Refusals refusals = new Refusals();
    private volatile String version = "";
    private volatile NetworkWall wall = NetworkWall.CLOSED;

    @Override
    public String kind() {
        return "otel";
    }

    @Override
    public Class<OtelSettings> configuration() {
        return OtelSettings.class;
    }

    @Override
    public void open(PluginContext context) {
        version = context.version();
        wall = context.wall();
    }

    @Override
    public Set<Occasion> occasions(OtelSettings settings) {
        return settings.signals().contains(Signal.TRACES)
                ? Set.of(Occasion.RUN_STARTED, Occasion.RUN_FINISHED)
                : Set.of(Occasion.RUN_FINISHED);
    }

    @Override
    public Sent export(Export export, OtelSettings settings) throws InterruptedException {
        return switch (export.occasion()) {
            case RUN_QUEUED, STEP_FINISHED -> Sent.DONE;
            case RUN_STARTED -> started(export, settings);
            case RUN_FINISHED -> finished(export, settings);
        };
    }

    @Override
    public Sent measure(Measures measures, OtelSettings settings) throws InterruptedException {
        if (!settings.signals().contains(Signal.METRICS)) {
            return Sent.DONE;
        }
        Refusals.Counts refused = refusals.take(settings.endpoint(), measures.at());
        boolean told = false;
        try (Sender sender = Sender.to(settings, wall, refusals)) {
            Sent sent =
                    sender.send(Signal.METRICS, Standing.of(measures, refused, settings, version));
            told = sent.equals(Sent.DONE);
            return sent;
        } finally {
            if (!told) {
                refusals.giveBack(settings.endpoint(), refused);
            }
        }
    }

    private Sent started(Export export, OtelSettings settings) throws InterruptedException {
        if (!settings.signals().contains(Signal.TRACES)) {
            return Sent.DONE;
        }
        Described described = new Described(export.run(), settings, version);
        try (Sender sender = Sender.to(settings, wall, refusals)) {
            return sender.send(
                    Signal.TRACES, traces(described, List.of(RunSpans.started(export.run()))));
        }
    }

    /// One part after the other. When one fails after others have arrived, it alone is sent again.
    private Sent finished(Export export, OtelSettings settings) throws InterruptedException {
        Parts parts = new Parts(export, settings);
        Part part = Part.parse(export.cursor());
        boolean first = true;
        long until = System.nanoTime() + LONGEST_CALL.toNanos();
        try (Sender sender = Sender.to(settings, wall, refusals)) {
            while (!(part instanceof Part.End)) {
                if (!first && System.nanoTime() > until) {
                    return new Sent.Partly(part.cursor());
                }
                Parts.Step step = parts.of(part);
                if (step.isSomething() && settings.signals().contains(step.signal())) {
                    Sent sent = sender.send(step.signal(), step.request());
                    if (!sent.equals(Sent.DONE)) {
                        return first ? sent : new Sent.Partly(part.cursor());
                    }
                }
                part = step.next();
                first = false;
            }
            return Sent.DONE;
        }
    }

    /// Makes the requests of one export.
    private final class Parts {
        private final RunReport run;
        private final Described described;
        private final RunResults results;
        private final RunLog log;
        private final boolean withLogs;

        Parts(Export export, OtelSettings settings) {
            this.run = export.run();
            this.described = new Described(run, settings, version);
            this.results = new RunResults(export, described);
            this.log = new RunLog(export);
            this.withLogs = settings.signals().contains(Signal.LOGS);
        }

        /// One request, and the part that comes after it.
        record Step(Signal signal, Message request, boolean isSomething, Part next) {}

        Step of(Part part) {
            return switch (part) {
                case Part.Spans(int from) -> spans(from);
                case Part.Results(int attempt, String after) -> results(attempt, after);
                case Part.Logs(int attempt, long line) -> logs(attempt, line);
                case Part.Metrics _, Part.End _ ->
                        new Step(Signal.METRICS, metrics(), true, new Part.End());
            };
        }

        private Step spans(int from) {
            List<Span> all = RunSpans.finished(run);
            int to = Math.min(all.size(), from + SPANS_AT_ONCE);
            Part next = to < all.size() ? new Part.Spans(to) : new Part.Results(0, "");
            return new Step(
                    Signal.TRACES, traces(described, all.subList(from, to)), from < to, next);
        }

        private Step results(int attempt, String after) {
            RunResults.Batch batch =
                    results.from(
                            attempt, after, withLogs ? new Part.Logs(0, 0) : new Part.Metrics());
            return new Step(
                    Signal.TRACES,
                    ExportTraceServiceRequest.newBuilder()
                            .addAllResourceSpans(batch.spans())
                            .build(),
                    !batch.spans().isEmpty(),
                    batch.next());
        }

        private Step logs(int attempt, long line) {
            RunLog.Batch batch = log.from(attempt, line);
            return new Step(
                    Signal.LOGS, logs(batch.records()), !batch.records().isEmpty(), batch.next());
        }

        private Message logs(List<LogRecord> records) {
            return ExportLogsServiceRequest.newBuilder()
                    .addResourceLogs(
                            ResourceLogs.newBuilder()
                                    .setResource(described.ofRun())
                                    .setSchemaUrl(Described.SCHEMA)
                                    .addScopeLogs(
                                            ScopeLogs.newBuilder()
                                                    .setScope(described.scope())
                                                    .setSchemaUrl(Described.SCHEMA)
                                                    .addAllLogRecords(records)))
                    .build();
        }

        private Message metrics() {
            return ExportMetricsServiceRequest.newBuilder()
                    .addResourceMetrics(
                            ResourceMetrics.newBuilder()
                                    .setResource(described.ofPipeline())
                                    .setSchemaUrl(Described.SCHEMA)
                                    .addScopeMetrics(
                                            ScopeMetrics.newBuilder()
                                                    .setScope(described.scope())
                                                    .setSchemaUrl(Described.SCHEMA)
                                                    .addAllMetrics(RunMetrics.of(run))))
                    .build();
        }
    }

    private static Message traces(Described described, List<Span> spans) {
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(
                        ResourceSpans.newBuilder()
                                .setResource(described.ofRun())
                                .setSchemaUrl(Described.SCHEMA)
                                .addScopeSpans(
                                        ScopeSpans.newBuilder()
                                                .setScope(described.scope())
                                                .setSchemaUrl(Described.SCHEMA)
                                                .addAllSpans(spans)))
                .build();
    }
}
