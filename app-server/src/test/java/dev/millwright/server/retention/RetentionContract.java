package dev.millwright.server.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.AttemptId;
import dev.millwright.model.RunId;
import dev.millwright.model.log.LogChunk;
import dev.millwright.server.log.LogRows;
import dev.millwright.server.log.LogStore;
import dev.millwright.server.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

abstract class RetentionContract {
    static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    static final int CHUNK = 60_000;

    @TempDir Path directory;
    Database database;
    LogStore logs;
    private final Random random = new Random(5);
    private long number;

    abstract Database open();

    @BeforeEach
    void openStore() {
        database = open();
        logs = LogStore.create(database);
    }

    @AfterEach
    void closeStore() {
        database.close();
    }

    private static @Nullable OffsetDateTime ago(@Nullable Duration age) {
        return age == null ? null : NOW.minus(age).atOffset(ZoneOffset.UTC);
    }

    /// A run of the pipeline `web`; without an age it still goes on.
    AttemptId run(@Nullable Duration finished, int steps, int chunks) {
        RunId run = new RunId(UUID.randomUUID());
        AttemptId attempt = new AttemptId(UUID.randomUUID());
        number++;
        database.change(tx -> {
            tx.handle()
                    .execute(
                            """
                            insert into runs (id, namespace, pipeline, number, phase, event,
                                cause, branch, tag, commit_hash, commit_message, author,
                                message, trace_id, root_span_id, plan, revision,
                                event_count, steps_total, steps_finished, queued_at,
                                finished_at)
                            values (?, 'main', 'web', ?, 'X', 'api', '{}', '', '', '',
                                '', '', '', '', '', ?, 0, 0, ?, 0, current_timestamp, ?)
                            """,
                            run.value(),
                            number,
                            new byte[0],
                            steps,
                            ago(finished));
            var batch =
                    tx.handle()
                            .prepareBatch(
                                    """
                                    insert into steps (run_id, position, path, phase,
                                        attempt, cause, message, outputs, carried)
                                    values (?, ?, '0', 'X', 1, '', '', '{}', false)
                                    """);
            for (int i = 0; i < steps; i++) {
                batch.bind(0, run.value()).bind(1, i).add();
            }
            if (steps > 0) {
                batch.execute();
            }
            LogRows.insertAttempt(tx.handle(), run, attempt);
            tx.handle().execute("delete from pipeline_counters");
            tx.handle().execute("insert into pipeline_counters values ('main', 'web', ?)", number);
        });
        for (int i = 0; i < chunks; i++) {
            append(attempt, i);
        }
        return attempt;
    }

    private void append(AttemptId attempt, int sequence) {
        byte[] data = new byte[CHUNK];
        random.nextBytes(data);
        logs.append(
                attempt,
                new LogChunk(sequence, sequence, 1, sequence, 1, 0, 0, Instant.EPOCH, data));
    }

    long count(String table) {
        return database.<Long>read(tx ->
                tx.handle()
                        .createQuery("select count(*) from <table>")
                        .define("table", table)
                        .mapTo(Long.class)
                        .one());
    }

    private List<Long> numbers() {
        return database.read(tx ->
                tx.handle()
                        .createQuery("select number from runs order by number")
                        .mapTo(Long.class)
                        .list());
    }

    private Removed apply(RetentionPolicy policy) {
        return Retention.create(database, policy).run(NOW);
    }

    private static RetentionPolicy none() {
        return new RetentionPolicy(
                Duration.ZERO, 0, Duration.ZERO, 0, Duration.ZERO, Duration.ZERO);
    }

    @Test
    void keepsRunsThatAreYoungOrAmongTheNewest() {
        run(Duration.ofDays(200), 3, 1);
        run(null, 3, 1);
        run(Duration.ofDays(10), 3, 1);
        run(Duration.ofDays(150), 1_200, 1);
        run(Duration.ofDays(120), 3, 1);
        run(Duration.ofDays(110), 3, 1);

        Removed removed = apply(none().withRuns(Duration.ofDays(90), 2));

        assertThat(numbers()).containsExactly(2L, 3L, 5L, 6L);
        assertThat(removed.runs()).isEqualTo(2);
        assertThat(removed.logs()).isEqualTo(2);
        assertThat(count("steps")).isEqualTo(12);
        assertThat(count("attempts")).isEqualTo(4);
        assertThat(count("log_chunks")).isEqualTo(4);
        assertThat(apply(none().withRuns(Duration.ofDays(90), 2))).isEqualTo(Removed.NOTHING);
    }

    @Test
    void keepsTheNewestRunsWhenOnlyTheirNumberIsLimited() {
        for (int i = 0; i < 5; i++) {
            run(i == 1 ? null : Duration.ofMinutes(60 - i), 1, 0);
        }
        apply(none().withRuns(Duration.ZERO, 2));

        // The second one goes on
        assertThat(numbers()).containsExactly(2L, 4L, 5L);
    }

    @Test
    void removesLogsByAgeAndTellsReadersThatTheyAreGone() {
        AttemptId old = run(Duration.ofDays(31), 1, 250);
        AttemptId young = run(Duration.ofDays(29), 1, 2);
        AttemptId live = run(null, 1, 2);

        Removed removed = apply(none().withLogs(Duration.ofDays(30), 0));

        assertThat(removed.logs()).isEqualTo(1);
        assertThat(removed.logBytes()).isEqualTo(250L * CHUNK);
        assertThat(logs.lines(old, 0, 10).totalLines()).isZero();
        assertThat(logs.position(young).line()).isEqualTo(2);
        assertThat(logs.position(live).line()).isEqualTo(2);
        assertThat(count("log_chunks")).isEqualTo(4);
        assertThat(count("runs")).isEqualTo(3);
    }

    @Test
    void removesTheOldestLogsWhenAllTogetherAreTooBig() {
        AttemptId oldest = run(Duration.ofDays(3), 1, 10);
        AttemptId middle = run(Duration.ofDays(2), 1, 10);
        AttemptId newest = run(Duration.ofDays(1), 1, 10);
        AttemptId live = run(null, 1, 10);

        apply(none().withLogs(Duration.ZERO, 25L * CHUNK));

        assertThat(logs.position(oldest).line()).isZero();
        assertThat(logs.position(middle).line()).isZero();
        assertThat(logs.position(newest).line()).isEqualTo(10);
        assertThat(logs.position(live).line()).isEqualTo(10);
    }

    @Test
    void removesOldDeliveriesEventsAndKeysButNothingThatIsUndecided() {
        database.change(tx -> {
            for (int i = 0; i < 1_300; i++) {
                delivery(tx.handle(), Duration.ofDays(8), true);
                tx.handle()
                        .execute(
                                "insert into events (at, namespace, type, subject, data) values (?, 'main', 'x', 's', '{}')",
                                ago(Duration.ofDays(31)));
            }
            delivery(tx.handle(), Duration.ofDays(8), false);
            delivery(tx.handle(), Duration.ofDays(6), true);
            for (int days : new int[] {8, 6}) {
                tx.handle()
                        .execute(
                                "insert into idempotency_keys values ('s', ?, 'h', 202, '', '', ?)",
                                "key" + days,
                                ago(Duration.ofDays(days)));
            }
        });

        Removed removed = apply(RetentionPolicy.DEFAULT);

        assertThat(removed).isEqualTo(new Removed(0, 0, 0, 1_300, 1_300, 1));
        assertThat(count("deliveries")).isEqualTo(2);
        assertThat(count("events")).isZero();
        assertThat(count("idempotency_keys")).isEqualTo(1);
    }

    private static void delivery(org.jdbi.v3.core.Handle handle, Duration age, boolean decided) {
        handle.execute(
                """
                insert into deliveries (id, source, dedupe_key, namespace, pipeline, event, headers,
                    body, parameters, status, reason, received_at, decided_at)
                values (?, 'hook', ?, 'main', 'web', 'push', '{}', ?, '{}', 'X', '', ?, ?)
                """,
                UUID.randomUUID(),
                UUID.randomUUID().toString(),
                new byte[0],
                ago(age),
                decided ? ago(age) : null);
    }

    /// Store about 24 MB of logs, in a few runs.
    void fill() {
        for (int i = 0; i < 4; i++) {
            run(Duration.ofDays(40), 1, 100);
        }
    }
}
