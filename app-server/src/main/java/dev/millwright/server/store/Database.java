package dev.millwright.server.store;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import jdk.jfr.FlightRecorder;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.JdbiStatementEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Open the server's database and run transactions on it.
///
/// Called from any thread. One transaction at a time on each thread: what a transaction calls gets
/// its [Tx] handed on.
public final class Database implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Database.class);

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final PlainDataSource plain;
    private final @Nullable EmbeddedFile embedded;
    private final Broadcast broadcast;
    private final Turns turns;
    private final ThreadLocal<Boolean> isBusy = ThreadLocal.withInitial(() -> false);

    private Database(
            HikariDataSource pool, PlainDataSource plain, @Nullable EmbeddedFile embedded) {
        this.pool = pool;
        this.jdbi = Migrations.jdbi(pool);
        this.plain = plain;
        this.embedded = embedded;
        this.turns = new Turns(plain);
        this.broadcast = new Broadcast(plain, embedded == null, this::change);
    }

    /// Make what the first statement of a process would make otherwise: Jdbi tells the JDK's flight
    /// recorder of its statements. Needs no database, and need not be called.
    public static void prepare() {
        FlightRecorder.register(JdbiStatementEvent.class);
    }

    /// Open the database, check that it keeps what it is given, and bring its tables up to date.
    public static Database open(DatabaseSettings settings) {
        return open(JdbcAddress.of(settings), settings);
    }

    static Database open(JdbcAddress address, DatabaseSettings settings) {
        Properties properties = address.properties();
        if (!settings.user().isEmpty()) {
            properties.setProperty("user", settings.user());
            properties.setProperty("password", settings.password());
        }
        return switch (address) {
            case JdbcAddress.Embedded file -> openEmbedded(file, properties, settings);
            case JdbcAddress.Postgresql server -> openServer(server, properties, settings);
        };
    }

    private static Database openEmbedded(
            JdbcAddress.Embedded address, Properties properties, DatabaseSettings settings) {
        PlainDataSource plain = new PlainDataSource(address.url(), properties);
        DiskFloor floor =
                new DiskFloor(
                        requireNonNull(address.path().toAbsolutePath().getParent()),
                        settings.minFree());
        Migrations migrations = Migrations.prepare(plain, true);
        EmbeddedFile file = EmbeddedFile.open(address.path(), plain, floor);
        try {
            migrations.run();
            return new Database(
                    Pool.embedded(
                            address.url(), properties, settings.poolSize(), file::requireReachable),
                    plain,
                    file);
        } catch (RuntimeException failed) {
            file.close(() -> {});
            throw SqlErrors.toStoreException(failed);
        }
    }

    private static Database openServer(
            JdbcAddress.Postgresql address, Properties properties, DatabaseSettings settings) {
        // What is plain may take its time: migrations, cleaning up, listening
        Properties patient = new Properties();
        patient.putAll(properties);
        patient.setProperty("socketTimeout", "0");
        PlainDataSource plain = new PlainDataSource(address.url(), patient);
        Migrations migrations = Migrations.prepare(plain, false);
        try (Connection connection = plain.getConnection()) {
            Migrations.assertDurable(connection, false);
        } catch (SQLException failed) {
            throw SqlErrors.toStoreException(failed);
        }
        migrations.run();
        return new Database(
                Pool.server(address.url(), properties, settings.poolSize()), plain, null);
    }

    /// Look without changing anything; each statement sees what was committed before it.
    public <T extends @Nullable Object> T read(Function<Tx, T> work) {
        if (embedded != null) {
            embedded.requireReachable();
        }
        return onHandle(handle -> {
            Tx tx = new Tx(handle);
            try {
                return work.apply(tx);
            } finally {
                tx.runAtEnd();
            }
        });
    }

    /// Do everything or nothing; the commit survives a crash of this process.
    public <T extends @Nullable Object> T write(Function<Tx, T> work) {
        return transact(work, false);
    }

    /// Like [#write] for work without a result.
    public void change(Consumer<Tx> work) {
        transact(
                tx -> {
                    work.accept(tx);
                    return true;
                },
                false);
    }

    /// Like [#write], and returns only when the commit is on disk, so that it survives a power cut.
    public <T extends @Nullable Object> T durable(Function<Tx, T> work) {
        return transact(work, true);
    }

    private <T extends @Nullable Object> T transact(Function<Tx, T> work, boolean durable) {
        record Done<T extends @Nullable Object>(T result, Tx tx) {}
        requireRoom();
        Done<T> done =
                onHandle(handle -> {
                    Tx tx = new Tx(handle);
                    try {
                        return new Done<>(commit(handle, tx, work), tx);
                    } finally {
                        tx.runAtEnd();
                    }
                });
        if (durable && embedded != null) {
            embedded.awaitOnDisk();
        }
        done.tx().runAfterCommit();
        return done.result();
    }

    private static <T extends @Nullable Object> T commit(
            Handle handle, Tx tx, Function<Tx, T> work) {
        handle.begin();
        boolean committed = false;
        try {
            T result = work.apply(tx);
            tx.runBeforeCommit();
            handle.commit();
            committed = true;
            tx.markCommitted();
            return result;
        } finally {
            if (!committed) {
                rollback(handle);
            }
        }
    }

    private static void rollback(Handle handle) {
        try {
            handle.rollback();
        } catch (RuntimeException gone) {
            // The first error is on its way to the caller; a lost connection rolls back by itself
            log.debug("rollback failed", gone);
        }
    }

    private <T extends @Nullable Object> T onHandle(Function<Handle, T> work) {
        if (isBusy.get()) {
            throw new IllegalStateException(
                    "a transaction is open on this thread already; hand its Tx on");
        }
        isBusy.set(true);
        // A failure to close must reach the caller: R22 failed while it was swallowed
        try (Handle handle = jdbi.open()) {
            return work.apply(handle);
        } catch (RuntimeException failed) {
            throw whileOpen(SqlErrors.toStoreException(failed));
        } finally {
            isBusy.set(false);
        }
    }

    /// A pool that is being closed hands out connections that fail with anything, a
    /// `NullPointerException` among them; whoever works on must be told what it is.
    private RuntimeException whileOpen(RuntimeException failed) {
        return pool.isClosed() && !(failed instanceof StoreUnavailableException)
                ? new StoreUnavailableException("the database was closed", failed)
                : failed;
    }

    /// Whether this is the embedded database, which belongs to this process alone.
    public boolean isH2() {
        return embedded != null;
    }

    /// Throws [StoreUnavailableException] when the database does not answer.
    public void ping() {
        read(tx -> tx.handle().createQuery("select 1").mapTo(Integer.class).one());
    }

    /// Throws [StoreUnavailableException] when nothing may be written at the moment, since the disk
    /// of the embedded database is full.
    public void requireRoom() {
        if (embedded != null) {
            embedded.requireRoom();
        }
    }

    /// The pool of connections, each with limits on how long a statement may take.
    public DataSource dataSource() {
        return pool;
    }

    /// Connections of their own, without limits; for rare and slow work.
    public DataSource patientDataSource() {
        return plain;
    }

    /// The way to say something to the other servers on this database.
    public Broadcast broadcast() {
        return broadcast;
    }

    /// Do the work, unless another server (or thread) that shares the database is doing what has
    /// the same name; tells whether it was done. The work opens transactions of its own.
    public boolean exclusively(String what, Runnable work) {
        if (embedded != null) {
            work.run();
            return true;
        }
        return turns.take(what, work);
    }

    /// How many bytes the embedded database's file has; 0 for a PostgreSQL server.
    public long fileSize() {
        return embedded == null ? 0 : embedded.size();
    }

    @Override
    public void close() {
        broadcast.close();
        if (embedded != null) {
            embedded.close(pool::close);
        } else {
            pool.close();
        }
    }
}
