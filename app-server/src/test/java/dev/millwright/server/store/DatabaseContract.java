package dev.millwright.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.model.Parameters;
import dev.millwright.model.RunId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

abstract class DatabaseContract {
    @TempDir Path directory;
    Database database;

    abstract Database open();

    @BeforeEach
    void openDatabase() {
        database = open();
        database.change(tx ->
                tx.handle()
                        .execute(
                                "create table things (id uuid primary key, note varchar(200), at timestamp with time zone)"));
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    interface ThingDao {
        @SqlUpdate("insert into things (id, note, at) values (:id, :note, :at)")
        void insert(@Bind("id") RunId id, @Bind("note") Parameters note, @Bind("at") Instant at);

        @SqlQuery("select at from things where id = :id")
        Optional<Instant> at(@Bind("id") RunId id);

        @SqlQuery("select note from things where id = :id")
        Optional<Parameters> note(@Bind("id") RunId id);

        @SqlQuery("select id from things order by id")
        List<RunId> ids();

        @SqlQuery("select count(*) from things")
        long count();
    }

    private RunId insert(Instant at) {
        RunId id = new RunId(UUID.randomUUID());
        database.durable(tx -> {
            tx.dao(ThingDao.class).insert(id, new Parameters(Map.of("a", List.of(1))), at);
            return id;
        });
        return id;
    }

    private long count() {
        return database.read(tx -> tx.dao(ThingDao.class).count());
    }

    /// Left to itself, H2 answers the same question as before with the same result, also when a
    /// transaction was committed in the meantime.
    @Test
    void whoSeesOneChangeOfATransactionSeesTheOthers() throws Exception {
        database.change(tx ->
                tx.handle().execute("create table signs (id uuid primary key, done boolean)"));
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            for (int i = 0; i < 1_000; i++) {
                RunId id = new RunId(UUID.randomUUID());
                database.change(tx -> sign(tx, "insert into signs values (?, false)", id));
                Future<?> writer =
                        threads.submit(() ->
                                database.change(tx -> {
                                    sign(tx, "update signs set done = true where id = ?", id);
                                    Parameters note = new Parameters(Map.of());
                                    tx.dao(ThingDao.class).insert(id, note, Instant.EPOCH);
                                }));
                do {
                    var _ = find(id);
                } while (!isDone(id));
                assertThat(find(id)).isPresent();
                writer.get();
            }
        }
    }

    private static void sign(Tx tx, String statement, RunId id) {
        tx.handle().execute(statement, id.value());
    }

    private Optional<Instant> find(RunId id) {
        return database.read(tx -> tx.dao(ThingDao.class).at(id));
    }

    private boolean isDone(RunId id) {
        return database.read(tx ->
                tx.handle()
                        .createQuery("select done from signs where id = ?")
                        .bind(0, id.value())
                        .mapTo(Boolean.class)
                        .one());
    }

    @Test
    void keepsIdsInstantsAndParametersAsTheyWere() {
        // In many zones this local time comes twice on that day
        Instant ambiguous = Instant.parse("2025-10-26T01:30:00.123456Z");
        RunId id = insert(ambiguous);

        Optional<Instant> at = database.read(tx -> tx.dao(ThingDao.class).at(id));
        List<RunId> ids = database.read(tx -> tx.dao(ThingDao.class).ids());
        Optional<Parameters> note = database.read(tx -> tx.dao(ThingDao.class).note(id));
        assertThat(at).contains(ambiguous);
        assertThat(ids).containsExactly(id);
        assertThat(note).contains(new Parameters(Map.of("a", List.of(1))));
    }

    @Test
    void keepsNothingOfATransactionThatThrows() {
        List<String> hooks = new ArrayList<>();

        assertThatThrownBy(() ->
                        database.change(tx -> {
                            tx.afterCommit(() -> hooks.add("after"));
                            tx.atEnd(() -> hooks.add("end"));
                            tx.dao(ThingDao.class)
                                    .insert(
                                            new RunId(UUID.randomUUID()),
                                            Parameters.NONE,
                                            Instant.EPOCH);
                            throw new IllegalArgumentException("no");
                        }))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(count()).isZero();
        assertThat(hooks).containsExactly("end");
    }

    @Test
    void runsHooksBeforeAndAfterTheCommit() {
        List<String> hooks = new ArrayList<>();

        database.change(tx -> {
            tx.afterCommit(() -> hooks.add("after, others see " + count()));
            tx.beforeCommit(() -> {
                tx.dao(ThingDao.class)
                        .insert(new RunId(UUID.randomUUID()), Parameters.NONE, Instant.EPOCH);
                hooks.add("before");
            });
        });

        assertThat(hooks).containsExactly("before", "after, others see 1");
    }

    @Test
    void tellsDuplicatesFromOtherErrors() {
        RunId id = insert(Instant.EPOCH);

        assertThatThrownBy(() ->
                        database.change(tx ->
                                tx.dao(ThingDao.class).insert(id, Parameters.NONE, Instant.EPOCH)))
                .isInstanceOf(DuplicateException.class);
        assertThatThrownBy(() -> database.read(tx -> tx.handle().execute("select nothing from x")))
                .isInstanceOf(StoreException.class)
                .isNotInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void refusesATransactionWithinATransaction() {
        assertThatThrownBy(() -> database.read(_ -> count()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("hand its Tx on");
    }

    @Test
    void judgesTimeByTheDatabase() {
        Instant now = database.read(Tx::now);

        assertThat(Duration.between(now, Instant.now()).abs()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void givesUpWaitingForALockedRow() {
        RunId id = insert(Instant.EPOCH);
        String update = "update things set note = 'x' where id = ?";

        database.change(tx -> {
            tx.handle().execute(update, id.value());
            Thread waiting =
                    Thread.ofVirtual()
                            .start(() ->
                                    assertThatThrownBy(() ->
                                                    database.change(other ->
                                                            other.handle()
                                                                    .execute(update, id.value())))
                                            .isInstanceOf(StoreUnavailableException.class));
            try {
                assertThat(waiting.join(Duration.ofSeconds(8))).isTrue();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });
    }

    @Test
    void keepsEveryDurableCommitOfManyAtOnce() throws Exception {
        int writers = 16;
        int each = 25;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                all.add(
                        threads.submit(() -> {
                            for (int n = 0; n < each; n++) {
                                insert(Instant.EPOCH);
                            }
                        }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }

        assertThat(count()).isEqualTo(writers * each);
    }

    /// The pool hands out broken connections while it closes; callers are told what has happened.
    @Test
    void tellsThoseAtWorkThatItWasClosed() throws Exception {
        for (int round = 0; round < 10; round++) {
            try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> reading = new ArrayList<>();
                for (int i = 0; i < 16; i++) {
                    reading.add(readers.submit(this::readUntilItFails));
                }
                database.close();
                for (Future<?> reader : reading) {
                    assertThatThrownBy(reader::get)
                            .hasCauseInstanceOf(StoreUnavailableException.class);
                }
            }
            database = open();
        }
    }

    private void readUntilItFails() {
        while (true) {
            database.ping();
        }
    }
}
