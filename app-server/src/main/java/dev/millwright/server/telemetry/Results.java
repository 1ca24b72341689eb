package dev.millwright.server.telemetry;

import dev.millwright.model.AttemptId;
import dev.millwright.server.run.SpanIds;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.Tx;
import dev.millwright.server.telemetry.otlp.Received;
import dev.millwright.server.telemetry.otlp.ReceivedSpan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Keeps the spans that steps send. Any thread.
final class Results {
    private final Database database;
    private final Limits limits;
    private final Announcements announcements;

    Results(Database database, Limits limits, Announcements announcements) {
        this.database = database;
        this.limits = limits;
        this.announcements = announcements;
    }

    Taken add(Target target, Received<ReceivedSpan> spans) {
        return database.write(tx -> add(tx, target, spans));
    }

    private Taken add(Tx tx, Target target, Received<ReceivedSpan> spans) {
        TelemetryDao dao = tx.dao(TelemetryDao.class);
        if (dao.lock(target.attempt()) == 0) {
            return new Taken(spans.items().size(), "the run of this step is not stored any more");
        }
        TelemetryDao.Used used = dao.used(target.attempt()).orElseThrow();
        Set<String> known =
                new HashSet<>(used.results() == 0 ? Set.of() : dao.known(target.attempt()));
        String own = SpanIds.of(target.run(), target.position(), target.number());
        List<ResultRows> rows = new ArrayList<>();
        int refused = spans.refused();
        String reason = spans.reason();
        int bad = 0;
        long bytes = 0;
        for (ReceivedSpan span : spans.items()) {
            if (known.contains(span.spanId())) {
                continue;
            }
            StoredResult result = StoredResult.of(span, inside(span.parentId(), own));
            ResultRows row = ResultRows.of(result);
            String wrong = wrong(target, own, span, used, rows.size(), bytes + row.size());
            if (!wrong.isEmpty()) {
                refused++;
                reason = reason.isEmpty() ? wrong : reason;
                continue;
            }
            known.add(span.spanId());
            rows.add(row);
            bytes += row.size();
            bad += result.isBad() ? 1 : 0;
        }
        if (!rows.isEmpty()) {
            dao.insert(target.attempt(), rows);
            dao.add(target.attempt(), rows.size(), bad, bytes);
            tx.afterCommit(() -> announcements.note(target));
        }
        return new Taken(refused, reason);
    }

    private static String inside(String parent, String own) {
        return parent.equals(own) ? "" : parent;
    }

    /// What keeps a span out; empty when nothing does.
    private String wrong(
            Target target,
            String own,
            ReceivedSpan span,
            TelemetryDao.Used used,
            int more,
            long bytes) {
        if (span.spanId().equals(own) || span.spanId().equals(target.rootSpanId())) {
            return "span '%s' has the id of the step or the run itself".formatted(span.name());
        }
        if (used.results() + more >= limits.results()) {
            return "a step may send %d spans".formatted(limits.results());
        }
        if (used.bytes() + bytes > limits.resultBytes()) {
            return "all spans of a step may have %d bytes".formatted(limits.resultBytes());
        }
        return "";
    }

    List<StoredResult> page(AttemptId attempt, StepTelemetry.Place after, int limit) {
        return database.read(tx ->
                tx.dao(TelemetryDao.class).after(attempt, after.nanos(), after.span(), limit));
    }
}
