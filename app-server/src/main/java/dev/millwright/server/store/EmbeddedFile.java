package dev.millwright.server.store;

import java.io.FileDescriptor;
import java.io.IOException;
import java.io.RandomAccessFile;
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
/// A commit has written to the file when it returns, so syncing the file is all that is missing.
/// H2's own `CHECKPOINT SYNC` does the same under locks that it takes in the opposite order when a
/// write fails: on a full disk it stops everything for good.
///
/// Called from any thread.
final class EmbeddedFile {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedFile.class);

    /// Also what nobody waits for is on disk after this time.
    private static final Duration SYNC = Duration.ofSeconds(1);

    private final Path path;
    private final PlainDataSource source;
    private final StoreLock lock;
    private final DiskFloor floor;
    private final SyncBarrier barrier = new SyncBarrier(this::sync);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final RandomAccessFile file;
    private final FileDescriptor descriptor;

    /// Keeps the database open while the pool is empty.
    private Connection anchor;

    private EmbeddedFile(
            Path path,
            PlainDataSource source,
            StoreLock lock,
            DiskFloor floor,
            RandomAccessFile file,
            Connection anchor)
            throws IOException {
        this.path = path;
        this.source = source;
        this.lock = lock;
        this.floor = floor;
        this.file = file;
        this.descriptor = file.getFD();
        this.anchor = anchor;
    }

    /// Throws [StoreUnavailableException] when its disk is full.
    static EmbeddedFile open(Path path, PlainDataSource source, DiskFloor floor) {
        makeFolder(path);
        floor.requireRoom();
        StoreLock lock = StoreLock.take(path);
        Connection anchor = null;
        try {
            anchor = connect(source);
            // Open as long as the database: closing any handle of a file gives up its locks
            RandomAccessFile file = new RandomAccessFile(dataFile(path).toFile(), "r");
            EmbeddedFile opened = new EmbeddedFile(path, source, lock, floor, file, anchor);
            Thread.ofVirtual().name("store-sync").start(opened::lookAfter);
            return opened;
        } catch (SQLException | IOException failed) {
            closeQuietly(anchor);
            lock.close();
            throw new StoreException(
                    "cannot open the database %s: %s"
                            .formatted(path.toAbsolutePath(), failed.getMessage()),
                    failed);
        } catch (StoreException refused) {
            lock.close();
            throw refused;
        }
    }

    private static void makeFolder(Path path) {
        try {
            PrivateFolder.createParent(path);
        } catch (IOException failed) {
            throw new StoreException(
                    "cannot use the database %s: %s".formatted(path.toAbsolutePath(), failed),
                    failed);
        }
    }

    private static Connection connect(PlainDataSource source) throws SQLException {
        Connection connection = source.getConnection();
        try {
            Migrations.assertDurable(connection, true);
            return connection;
        } catch (StoreException refused) {
            connection.close();
            throw refused;
        }
    }

    /// Throws [StoreUnavailableException] when the disk is so full that nothing may be written.
    void requireRoom() {
        floor.requireRoom();
    }

    /// Throws [StoreUnavailableException] when the database would have to be opened anew on a full
    /// disk, since opening writes, too.
    void requireReachable() {
        if (floor.isReached() && !isOpen()) {
            floor.requireRoom();
        }
    }

    private synchronized boolean isOpen() {
        try {
            return anchor.isValid(1);
        } catch (SQLException broken) {
            return false;
        }
    }

    /// Returns when everything that was committed before is on disk.
    void awaitOnDisk() {
        barrier.await();
    }

    private void sync() throws IOException {
        try {
            descriptor.sync();
        } catch (IOException failed) {
            readAnew();
            throw failed;
        }
    }

    /// After a failed sync nobody knows what the file holds: close the database without writing, so
    /// that the next connection reads what is really there.
    private synchronized void readAnew() {
        log.error("what was written to {} may not be on disk; it is read anew", path);
        try (var statement = anchor.createStatement()) {
            statement.execute("shutdown immediately");
        } catch (SQLException gone) {
            log.debug("the database was closed already", gone);
        }
    }

    private void lookAfter() {
        try {
            while (!closed.await(SYNC.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    awaitOnDisk();
                    keepOpen();
                } catch (StoreUnavailableException | SQLException failed) {
                    log.warn("the database is not available: {}", failed.getMessage());
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void keepOpen() throws SQLException {
        if (closed.getCount() > 0 && !isOpen()) {
            floor.requireRoom();
            closeQuietly(anchor);
            anchor = connect(source);
        }
    }

    long size() {
        try {
            return Files.size(dataFile(path));
        } catch (IOException missing) {
            return 0;
        }
    }

    private static Path dataFile(Path path) {
        return path.resolveSibling(path.getFileName() + ".mv.db");
    }

    /// Close the database after the pool.
    synchronized void close(Runnable closePool) {
        closed.countDown();
        closePool.run();
        // Closes the database as its last connection, and makes the file smaller if it can
        closeQuietly(anchor);
        try {
            descriptor.sync();
            file.close();
        } catch (IOException failed) {
            log.warn("the database {} could not be closed: {}", path, failed.getMessage());
        }
        lock.close();
    }

    private static void closeQuietly(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException gone) {
                log.debug("the database was closed already", gone);
            }
        }
    }
}
