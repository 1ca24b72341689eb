package dev.millwright.plugin.export;

import dev.millwright.plugin.Extension;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.Stability;
import dev.millwright.plugin.report.Measures;
import java.util.Set;

/// Hand runs to another system, such as `otel`.
///
/// The order of calls:
///
/// 1. [#occasions(Record)] when the configuration is read, to know what to queue.
/// 2. [#export(Export, Record)] in a job for each occasion, after the change is durable. At least
///    once: after a crash or [Sent.Later] the same export comes again, with the same ids and times.
/// 3. After [Sent.Partly] at once again, with the cursor that it gave.
/// 4. [#measure(Measures, Record)] once a minute, whatever else happens.
///
/// The occasions of one run come in order, and one at a time; those of different runs come at once
/// and in any order. A receiver that is down for days delays nothing but its own exports, which
/// wait in the database.
///
/// Threads and failure: as in [Extension]. Deadline: 60 s for each call; export long logs in parts.
/// What is thrown counts as [Sent.Later].
///
/// ```java
/// @Override public Sent export(Export export, Settings settings) {
///     int status = post(settings.url(), json(export.run()));
///     return status == 200 ? Sent.DONE : new Sent.Later("answered " + status, Duration.ZERO);
/// }
/// ```
///
/// @param <C> what administrators write for one exporter
@Stability(Stability.Level.STABLE)
public interface Exporter<C extends Record> extends Extension<C> {
    /// What to be told of. Deadline: 5 s.
    default Set<Occasion> occasions(C settings) {
        return Set.of(Occasion.RUN_FINISHED);
    }

    /// Send one export, or a part of it.
    Sent export(Export export, C settings) throws InterruptedException;

    /// Send how things stand. Each server calls it once a minute; what does not arrive is not tried
    /// again, for the next one tells more. Deadline: 30 s.
    default Sent measure(Measures measures, C settings) throws InterruptedException {
        return Sent.DONE;
    }
}
