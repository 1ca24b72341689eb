package dev.millwright.host.call;

import dev.millwright.engine.binding.RecordBinder;
import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.use.Use;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.export.Export;
import dev.millwright.plugin.export.Exporter;
import dev.millwright.plugin.export.Occasion;
import dev.millwright.plugin.report.Measures;
import java.time.Duration;
import java.util.Set;

/// An exporter with its settings.
///
/// Called from any thread. Throws what [Use#call] throws, and
/// [dev.millwright.engine.binding.BindingException] when what users wrote does not fit.
public record BoundExporter(Use<Exporter<?>> use, Parameters written, SecretSource secrets) {
    private static final Duration OCCASIONS = Duration.ofSeconds(5);
    private static final Duration EXPORT = Duration.ofSeconds(60);
    private static final Duration MEASURE = Duration.ofSeconds(30);

    /// What it wants to be told of.
    public Set<Occasion> occasions() throws InterruptedException {
        return use.call("occasions", OCCASIONS, typed -> occasions(typed));
    }

    private <C extends Record> Set<Occasion> occasions(Exporter<C> typed) {
        return Set.copyOf(typed.occasions(settings(typed)));
    }

    /// Send one export, or a part of it.
    public Sent export(Export export) throws InterruptedException {
        return use.call("export", EXPORT, typed -> export(typed, export));
    }

    private <C extends Record> Sent export(Exporter<C> typed, Export export)
            throws InterruptedException {
        return typed.export(export, settings(typed));
    }

    /// Send how things stand.
    public Sent measure(Measures measures) throws InterruptedException {
        return use.call("measure", MEASURE, typed -> measure(typed, measures));
    }

    private <C extends Record> Sent measure(Exporter<C> typed, Measures measures)
            throws InterruptedException {
        return typed.measure(measures, settings(typed));
    }

    private <C extends Record> C settings(Exporter<C> typed) {
        return RecordBinder.bind(typed.configuration(), written, secrets);
    }
}
