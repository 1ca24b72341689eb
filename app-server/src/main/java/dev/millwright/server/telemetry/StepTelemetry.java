package dev.millwright.server.telemetry;

import dev.millwright.model.AttemptId;
import dev.millwright.node.log.SecretMask;
import dev.millwright.server.event.Journal;
import dev.millwright.server.log.LogStore;
import dev.millwright.server.store.Database;
import dev.millwright.server.telemetry.otlp.Received;
import dev.millwright.server.telemetry.otlp.ReceivedLog;
import dev.millwright.server.telemetry.otlp.ReceivedSpan;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Let steps tell the server of themselves over OTLP, and keep what they tell.
///
/// Called from any thread; [#tick] once a second.
public final class StepTelemetry {
    /// Under this address lie `/v1/traces`, `/v1/logs` and `/v1/metrics`.
    public static final String PATH = "/otlp";

    /// The header that carries a step's token.
    public static final String HEADER = "x-millwright-step";

    private final Database database;
    private final StepTokens tokens;
    private final Function<AttemptId, SecretMask> masks;
    private final Limits limits;
    private final Rates rates;
    private final Results results;
    private final ToldLogs logs;
    private final Announcements announcements;

    private StepTelemetry(
            Database database,
            Journal journal,
            LogStore logs,
            StepTokens tokens,
            Function<AttemptId, SecretMask> masks,
            Limits limits,
            InstantSource clock) {
        this.database = database;
        this.tokens = tokens;
        this.masks = masks;
        this.limits = limits;
        this.rates = new Rates(limits, clock);
        this.announcements = new Announcements(database, journal);
        this.results = new Results(database, limits, announcements);
        this.logs = new ToldLogs(database, logs, limits);
    }

    /// Put it together.
    ///
    /// @param masks what must not be seen of what an attempt tells; may throw when that cannot be
    ///   told now, so that the step's program tries again
    public static StepTelemetry create(
            Database database,
            Journal journal,
            LogStore logs,
            StepTokens tokens,
            Function<AttemptId, SecretMask> masks,
            Limits limits,
            InstantSource clock) {
        return new StepTelemetry(database, journal, logs, tokens, masks, limits, clock);
    }

    /// Whether the bearer of a token may tell something now.
    public Admission admit(String token) {
        Optional<AttemptId> attempt = tokens.attempt(token);
        if (attempt.isEmpty()) {
            return new Admission.Closed(
                    "send the token of the step in the header '%s'; steps find it in OTEL_EXPORTER_OTLP_HEADERS"
                            .formatted(HEADER));
        }
        if (!rates.take(attempt.get())) {
            return new Admission.TooOften();
        }
        record Found(Optional<Target> target, Instant now) {}
        Found found =
                database.read(tx ->
                        new Found(tx.dao(TelemetryDao.class).target(attempt.get()), tx.now()));
        return found.target()
                .map(target -> open(target, found.now()))
                .orElse(new Admission.Closed("the run of this step is not stored any more"));
    }

    private Admission open(Target target, Instant now) {
        return target.finishedAt()
                .filter(end -> end.plus(limits.late()).isBefore(now))
                .<Admission>map(end ->
                        new Admission.Closed(
                                "step %s of run %s has ended at %s; what comes more than %d s later is not taken"
                                        .formatted(
                                                target.path(),
                                                target.address(),
                                                end,
                                                limits.late().toSeconds())))
                .orElse(new Admission.Open(target));
    }

    /// Find out what is to be masked of what the attempt tells, which may take as long as a store
    /// of secrets does. Throws when nobody can tell.
    public void prepare(Target target) {
        var _ = masks.apply(target.attempt());
    }

    /// Keep spans; those that are known already change nothing.
    public Taken spans(Target target, Received<ReceivedSpan> spans) {
        return results.add(target, new Masked(masks.apply(target.attempt())).spans(spans));
    }

    /// Add records to the step's log; the same request again changes nothing.
    ///
    /// @param body of the request
    public Taken logs(Target target, Received<ReceivedLog> records, byte[] body) {
        return logs.add(target, new Masked(masks.apply(target.attempt())).logs(records), body);
    }

    /// Results of an attempt in order of time.
    ///
    /// @param afterOrStart the last one that is known; [Place#START] for the first page
    public List<StoredResult> results(AttemptId attempt, Place afterOrStart, int limit) {
        return results.page(attempt, afterOrStart, limit);
    }

    /// The place of a result; the start when there is no such one.
    public Place place(AttemptId attempt, String spanId) {
        return spanId.isEmpty()
                ? Place.START
                : database.read(tx -> tx.dao(TelemetryDao.class).startOf(attempt, spanId))
                        .map(nanos -> new Place(nanos, spanId))
                        .orElse(Place.START);
    }

    /// A place in the order of results.
    public record Place(long nanos, String span) {
        public static final Place START = new Place(Long.MIN_VALUE, "");

        public static Place of(StoredResult result) {
            return new Place(result.startNanos(), result.spanId());
        }
    }

    /// Announce what came, and forget who is silent.
    public void tick() {
        announcements.tick();
        rates.sweep();
    }
}
