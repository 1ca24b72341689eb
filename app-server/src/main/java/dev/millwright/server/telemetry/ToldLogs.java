package dev.millwright.server.telemetry;

import dev.millwright.model.Sha256;
import dev.millwright.server.log.LogStore;
import dev.millwright.server.log.ToldLine;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.Tx;
import dev.millwright.server.telemetry.otlp.Received;
import dev.millwright.server.telemetry.otlp.ReceivedLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Puts the log records that steps send into their logs. Any thread.
final class ToldLogs {
    private static final long NANOS = 1_000_000_000L;

    /// Clocks of two machines differ; what is further away than that is no time of this step.
    private static final Duration OFF = Duration.ofHours(1);

    private final Database database;
    private final LogStore logs;
    private final Limits limits;

    ToldLogs(Database database, LogStore logs, Limits limits) {
        this.database = database;
        this.logs = logs;
        this.limits = limits;
    }

    Taken add(Target target, Received<ReceivedLog> records, byte[] body) {
        String hash = Sha256.hex(body);
        return database.write(tx -> add(tx, target, records, hash));
    }

    private Taken add(Tx tx, Target target, Received<ReceivedLog> records, String hash) {
        TelemetryDao dao = tx.dao(TelemetryDao.class);
        if (dao.lock(target.attempt()) == 0) {
            return new Taken(records.items().size(), "the run of this step is not stored any more");
        }
        TelemetryDao.Used used = dao.used(target.attempt()).orElseThrow();
        // Records have no ids: a program that got no answer sends the same bytes again
        if (used.lastLogs().equals(hash)) {
            return new Taken(records.refused(), records.reason());
        }
        Instant now = tx.now();
        List<ToldLine> lines = new ArrayList<>();
        long bytes = used.logBytes();
        int refused = records.refused();
        String reason = records.reason();
        for (ReceivedLog record : records.items()) {
            List<ToldLine> more = lines(record, time(target, record.nanos(), now));
            long size =
                    more.stream()
                            .mapToLong(l -> l.text().getBytes(StandardCharsets.UTF_8).length + 1L)
                            .sum();
            if (bytes + size > limits.logBytes()) {
                refused++;
                reason =
                        reason.isEmpty()
                                ? "all log records of a step may have %d bytes"
                                        .formatted(limits.logBytes())
                                : reason;
                continue;
            }
            bytes += size;
            lines.addAll(more);
        }
        logs.tell(tx, target.attempt(), lines);
        dao.remember(target.attempt(), hash);
        return new Taken(refused, reason);
    }

    private static List<ToldLine> lines(ReceivedLog record, Instant at) {
        return record.lines().stream()
                .map(line -> new ToldLine(at, record.severity(), line))
                .toList();
    }

    private static Instant time(Target target, long nanos, Instant now) {
        Instant told = Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS);
        boolean isOff =
                told.isBefore(target.assignedAt().minus(OFF)) || told.isAfter(now.plus(OFF));
        return isOff ? now : told;
    }
}
