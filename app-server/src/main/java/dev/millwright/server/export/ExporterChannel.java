package dev.millwright.server.export;

import dev.millwright.host.call.BoundExporter;
import dev.millwright.host.use.Point;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.resource.Resource;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.export.Export;
import dev.millwright.plugin.export.Occasion;
import dev.millwright.plugin.report.Measures;
import dev.millwright.plugin.report.RunReport;
import dev.millwright.server.event.NewEvent;
import dev.millwright.server.outbox.Channel;
import dev.millwright.server.outbox.Letter;
import dev.millwright.server.plugin.MissingPlugins;
import dev.millwright.server.report.RunLogs;
import dev.millwright.server.report.RunTelling;
import dev.millwright.server.resource.ExporterSpec;
import dev.millwright.server.run.RunView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One declared exporter, to be told of runs. Called from any thread.
public final class ExporterChannel implements Channel {
    private static final Map<String, Occasion> OCCASIONS =
            Map.of(
                    "run.queued", Occasion.RUN_QUEUED,
                    "run.started", Occasion.RUN_STARTED,
                    "step.finished", Occasion.STEP_FINISHED,
                    "run.finished", Occasion.RUN_FINISHED);

    private static final Logger log = LoggerFactory.getLogger(ExporterChannel.class);

    private final Identity identity;
    private final String address;
    private final ExporterSpec spec;
    private final Set<Occasion> wanted;
    private final Exporters.Sources sources;

    ExporterChannel(
            Resource resource, ExporterSpec spec, Set<Occasion> wanted, Exporters.Sources sources) {
        this.identity = Identity.of("exporter", resource);
        this.address = "%s/%s".formatted(resource.namespace(), resource.name());
        this.spec = spec;
        this.wanted = Set.copyOf(wanted);
        this.sources = sources;
    }

    @Override
    public Identity identity() {
        return identity;
    }

    @Override
    public Keep keep() {
        return new Keep(spec.keepFor(), spec.keepMost());
    }

    @Override
    public String problem() {
        return new MissingPlugins(sources.extensions())
                .problem(Point.EXPORTER, spec.type())
                .orElse("");
    }

    @Override
    public Optional<Message> about(NewEvent event) {
        return Optional.ofNullable(OCCASIONS.get(event.type()))
                .filter(wanted::contains)
                .filter(_ -> spec.wants(namespace(), event.namespace(), event.pipeline()))
                .map(occasion ->
                        new Message(occasion.name(), event.data().text("path").orElse("")));
    }

    /// Tell how things stand; what the exporter does not want to know of is left out. Never throws:
    /// the next time comes soon.
    ///
    /// @param dropped how many messages to it were given up
    void measure(Measures all, long dropped) {
        if (spec.runs().suspend()) {
            return;
        }
        List<Measures.Active> wantedOnes =
                all.active().stream()
                        .filter(one -> spec.wants(namespace(), one.namespace(), one.pipeline()))
                        .toList();
        try {
            Optional<BoundExporter> exporter = sources.bound(namespace(), spec, false);
            if (exporter.isPresent()) {
                Sent sent =
                        exporter.get()
                                .measure(
                                        new Measures(
                                                all.at(),
                                                all.since(),
                                                wantedOnes,
                                                all.workers(),
                                                address,
                                                dropped));
                log.debug("exporter {} was told how things stand: {}", spec.type(), sent);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            log.debug("exporter {} was not told how things stand", spec.type(), failed);
        }
    }

    @Override
    public Optional<Sent> tell(Letter letter) throws InterruptedException {
        Occasion occasion = Occasion.valueOf(letter.occasion());
        if (!wanted.contains(occasion)) {
            // It was written when nobody knew yet what the exporter wants
            return Optional.empty();
        }
        Optional<BoundExporter> exporter = sources.bound(namespace(), spec, true);
        if (exporter.isEmpty()) {
            return Optional.of(new Sent.Later(problem(), Duration.ZERO));
        }
        Optional<RunView> run = sources.runs().view(letter.run());
        if (run.isEmpty()) {
            return Optional.of(
                    new Sent.Never("run %s is not stored any more".formatted(letter.run())));
        }
        RunReport report = new RunTelling(sources.serverUrl()).report(run.get());
        try (RunLogs logs = new RunLogs(sources.logs(), report);
                RunResults results = new RunResults(sources.telemetry(), report)) {
            return Optional.of(
                    exporter.get()
                            .export(
                                    new Export(
                                            letter.run() + "/" + letter.seq(),
                                            occasion,
                                            letter.subject().isEmpty()
                                                    ? null
                                                    : StepPath.parse(letter.subject()),
                                            report,
                                            logs,
                                            results,
                                            letter.progress(),
                                            letter.tries())));
        }
    }
}
