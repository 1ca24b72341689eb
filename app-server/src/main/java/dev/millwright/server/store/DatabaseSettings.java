package dev.millwright.server.store;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/// Say which database to open.
///
/// @param dataDirectory where the embedded database lives when there is no address
/// @param url a JDBC address; empty for the embedded database in the data directory
/// @param user the database's user; empty for the embedded database
/// @param password the user's password; never printed
/// @param poolSize how many connections at most, 2 or more
/// @param minFree the embedded database writes nothing while its disk has fewer bytes free
public record DatabaseSettings(
        Path dataDirectory, String url, String user, String password, int poolSize, long minFree) {
    public static final int DEFAULT_POOL_SIZE = 16;
    public static final long DEFAULT_MIN_FREE = 64L << 20;

    public DatabaseSettings {
        requireNonNull(dataDirectory, "dataDirectory is null");
        requireNonNull(url, "url is null");
        requireNonNull(user, "user is null");
        requireNonNull(password, "password is null");
        if (poolSize < 2) {
            throw new StoreException(
                    "the database pool needs 2 connections or more, not " + poolSize);
        }
    }

    /// The embedded database `millwright` in the data directory.
    public static DatabaseSettings embedded(Path dataDirectory) {
        return server(dataDirectory, "", "", "");
    }

    /// A database at an address, with the usual limits.
    public static DatabaseSettings server(
            Path dataDirectory, String url, String user, String password) {
        return new DatabaseSettings(
                dataDirectory, url, user, password, DEFAULT_POOL_SIZE, DEFAULT_MIN_FREE);
    }

    /// The same with another [#minFree].
    public DatabaseSettings withMinFree(long bytes) {
        return new DatabaseSettings(dataDirectory, url, user, password, poolSize, bytes);
    }

    @Override
    public String toString() {
        return "DatabaseSettings[url=%s, user=%s, poolSize=%d]".formatted(url, user, poolSize);
    }
}
