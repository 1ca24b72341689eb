package dev.millwright.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file of an embedded database: keeps others away, keeps it open, syncs it, closes it.
///
/// Called from any thread.
final class EmbeddedFile {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedFile.class);

    private static final Duration SYNC = Duration.ofSeconds(1);

    private final Path path;
    private final PlainDataSource source;
    private final StoreLock lock;
    private final SyncBarrier barrier = new SyncBarrier(this::sync);
    private final CountDownLatch closed = new CountDownLatch(1);

    /// Also keeps the database open while the pool is empty.
    private @Nullable Connection connection;

    private EmbeddedFile(Path path, PlainDataSource source, StoreLock lock) {
        this.path = path;
        this.source = source;
        this.lock = lock;
    }

    static EmbeddedFile open(Path path, PlainDataSource source) {
        EmbeddedFile file = new EmbeddedFile(path, source, StoreLock.take(path));
        try {
            file.connection();
            Thread.ofVirtual().name("store-sync").start(file::syncAgainAndAgain);
            return file;
        } catch (SQLException failed) {
            file.lock.close();
            throw new StoreException(
                    "cannot open the database %s: %s"
                            .formatted(path.toAbsolutePath(), failed.getMessage()),
                    failed);
        } catch (StoreException refused) {
            file.close(() -> {});
            throw refused;
        }
    }

    /// Returns when everything that was committed before is on disk.
    void awaitOnDisk() {
        barrier.await();
    }

    /// What nobody waits for is on disk soon, too.
    private void syncAgainAndAgain() {
        try {
            while (!closed.await(SYNC.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    awaitOnDisk();
                } catch (StoreUnavailableException failed) {
                    log.warn("{}", failed.getMessage());
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void sync() throws SQLException {
        if (closed.getCount() == 0) {
            throw new SQLException("the database is closed", "08003");
        }
        try (var statement = connection().createStatement()) {
            statement.execute("checkpoint sync");
        } catch (SQLException failed) {
            reopen();
            throw failed;
        }
    }

    /// After a failed write nobody knows what the file holds: close everything without writing, so
    /// that the next connection reads it anew.
    private void reopen() {
        log.error("the database could not write to {}; it is closed and read anew", path);
        try (Connection broken = connection) {
            if (broken != null) {
                try (var statement = broken.createStatement()) {
                    statement.execute("shutdown immediately");
                }
            }
        } catch (SQLException gone) {
            log.debug("the database was closed already", gone);
        }
        connection = null;
    }

    private synchronized Connection connection() throws SQLException {
        Connection current = connection;
        if (current == null || current.isClosed() || !current.isValid(1)) {
            current = source.getConnection();
            connection = current;
            Migrations.assertDurable(current, true);
        }
        return current;
    }

    long size() {
        try {
            return Files.size(file());
        } catch (IOException missing) {
            return 0;
        }
    }

    private Path file() {
        return path.resolveSibling(path.getFileName() + ".mv.db");
    }

    synchronized void close(Runnable closePool) {
        closed.countDown();
        try (Connection last = connection) {
            closePool.run();
            if (last != null) {
                try (var statement = last.createStatement()) {
                    statement.execute("shutdown");
                }
            }
        } catch (SQLException gone) {
            log.debug("the database was closed already", gone);
        } finally {
            connection = null;
            lock.close();
        }
    }
}
