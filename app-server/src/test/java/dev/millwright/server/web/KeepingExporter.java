package dev.millwright.server.web;

import dev.millwright.plugin.Sent;
import dev.millwright.plugin.export.Export;
import dev.millwright.plugin.export.Exporter;
import dev.millwright.plugin.export.Occasion;
import dev.millwright.plugin.report.Measures;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// An exporter that keeps what it is given, and reads each log while it may.
final class KeepingExporter implements Exporter<KeepingExporter.Settings> {
    private final String kind;

    private final List<Export> exports = new CopyOnWriteArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<Measures> measures = new CopyOnWriteArrayList<>();
    private volatile boolean refuses;

    /// @param word to tell the calls of several exporters apart
    public record Settings(String word) {}

    KeepingExporter(String kind) {
        this.kind = kind;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public Class<Settings> configuration() {
        return Settings.class;
    }

    @Override
    public Set<Occasion> occasions(Settings settings) {
        return Set.of(Occasion.values());
    }

    @Override
    public Sent export(Export export, Settings settings) {
        if (export.occasion() == Occasion.RUN_FINISHED) {
            export.run().steps().stream()
                    .flatMap(step -> step.attempts().stream())
                    .flatMap(attempt -> export.logs().lines(attempt.id(), 0, 100).stream())
                    .forEach(line -> lines.add(settings.word() + ": " + line.text()));
        }
        exports.add(export);
        return refuses ? new Sent.Never("it makes no sense") : Sent.DONE;
    }

    @Override
    public Sent measure(Measures now, Settings settings) {
        measures.add(now);
        return Sent.DONE;
    }

    /// Refuse from now on, for good, what it is told of runs.
    void refuse() {
        refuses = true;
    }

    List<Measures> measures() {
        return List.copyOf(measures);
    }

    List<Export> exports() {
        return List.copyOf(exports);
    }

    /// All lines of all finished runs, each after the exporter's word.
    List<String> lines() {
        return List.copyOf(lines);
    }
}
