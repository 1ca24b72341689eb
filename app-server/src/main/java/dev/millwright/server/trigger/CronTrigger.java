package dev.millwright.server.trigger;

import dev.millwright.server.delivery.Intake;
import dev.millwright.server.resource.PipelineSpec;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.store.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Turns the occurrences of schedules into deliveries, each exactly one, however many servers tick.
///
/// Called from any thread; one tick at a time.
public final class CronTrigger {
    private CronTrigger() {}

    public static CronTrigger create(
            Database database, Resources resources, Intake intake, InstantSource clock) {
        throw new UnsupportedOperationException();
    }

    /// Deliver what is due and note what comes next. Gives how many deliveries were made.
    public int tick() {
        throw new UnsupportedOperationException();
    }

    /// When something is due next, as far as the last tick knows. Resources may change meanwhile, so
    /// tick at least every few seconds.
    public Optional<Instant> nextWake() {
        throw new UnsupportedOperationException();
    }

    /// The next occurrences after that moment, for previews.
    ///
    /// @param pipeline `NAMESPACE/NAME`: spreads `H` and jitter
    public static List<Instant> next(
            String pipeline, PipelineSpec.Cron cron, Instant after, int count) {
        throw new UnsupportedOperationException();
    }
}
