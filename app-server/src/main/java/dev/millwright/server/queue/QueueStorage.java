package dev.millwright.server.queue;

import static org.jobrunr.jobs.states.StateName.DELETED;
import static org.jobrunr.jobs.states.StateName.FAILED;
import static org.jobrunr.jobs.states.StateName.SUCCEEDED;

import dev.millwright.server.store.Database;
import dev.millwright.server.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.storage.ConcurrentJobModificationException;
import org.jobrunr.storage.JobNotFoundException;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.StorageProviderUtils.DatabaseOptions;
import org.jobrunr.storage.sql.common.DatabaseCreator;
import org.jobrunr.storage.sql.h2.H2StorageProvider;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.utils.mapper.JsonMapper;
import org.jobrunr.utils.mapper.jackson3.Jackson3JsonMapper;

/// JobRunr's tables, in the schema `queue`: one way in for its server, another one for what joins
/// our transactions.
///
/// Called from any thread.
final class QueueStorage {
    private static final String PREFIX = "queue.";
    private static final Set<StateName> ENDED = Set.of(SUCCEEDED, FAILED, DELETED);

    private final JsonMapper json;
    private final StorageProvider own;
    private final StorageProvider joining;

    private QueueStorage(JsonMapper json, StorageProvider own, StorageProvider joining) {
        this.json = json;
        this.own = own;
        this.joining = joining;
    }

    /// Bring JobRunr's tables up to date, then use them as they are.
    static QueueStorage open(Database database) {
        DataSource patient = database.patientDataSource();
        if (database.isH2()) {
            new DatabaseCreator(patient, PREFIX, H2StorageProvider.class).runMigrations();
        } else {
            makeShared(patient);
        }
        JsonMapper json = new Jackson3JsonMapper();
        return new QueueStorage(
                json,
                provider(database.dataSource(), database.isH2(), json, DatabaseOptions.SKIP_CREATE),
                // Its data source works only within a transaction, so it cannot look for tables now
                provider(
                        new JoiningDataSource(),
                        database.isH2(),
                        json,
                        DatabaseOptions.NO_VALIDATE));
    }

    private static StorageProvider provider(
            DataSource source, boolean embedded, JsonMapper json, DatabaseOptions options) {
        StorageProvider provider =
                embedded
                        ? new H2StorageProvider(source, PREFIX, options)
                        : new PostgresStorageProvider(source, PREFIX, options);
        provider.setJobMapper(new JobMapper(json));
        return provider;
    }

    /// One server after the other: those that start together would make the same tables, and change
    /// the same rows of the catalogue.
    private static void makeShared(DataSource source) {
        try (InputStream script =
                        Objects.requireNonNull(
                                QueueStorage.class.getResourceAsStream(
                                        "/db/queue/postgresql.sql"));
                Connection connection = source.getConnection();
                var statement = connection.createStatement()) {
            // Of the session, so that it ends with the connection and outlives JobRunr's commits
            statement.execute("select pg_advisory_lock(7170017)");
            new DatabaseCreator(source, PREFIX, PostgresStorageProvider.class).runMigrations();
            connection.setAutoCommit(false);
            statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
            connection.commit();
        } catch (SQLException | IOException failed) {
            throw new StoreException(
                    "the queue's tables could not be brought up to date: " + failed.getMessage(),
                    failed);
        }
    }

    /// For JobRunr's own server, and for looking.
    StorageProvider own() {
        return own;
    }

    JsonMapper json() {
        return json;
    }

    /// Store a job through that connection. One that has the same id and still has to be handled
    /// stands for both; one that has been handled makes room.
    void save(Connection connection, Job job) {
        JoiningDataSource.with(connection, () -> save(job));
    }

    private void save(Job job) {
        try {
            joining.save(job);
        } catch (ConcurrentJobModificationException alreadyThere) {
            if (isEnded(job)) {
                joining.deletePermanently(job.getId());
                joining.save(job);
            }
        }
    }

    private boolean isEnded(Job job) {
        try {
            return ENDED.contains(joining.getJobById(job.getId()).getState());
        } catch (JobNotFoundException gone) {
            return true;
        }
    }

    void close() {
        own.close();
        joining.close();
    }
}
