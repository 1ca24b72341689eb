package dev.millwright.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/// Let one server at a time do something, among all that share a PostgreSQL database. A turn ends
/// with its connection, so that of a server that dies, too.
///
/// Called from any thread.
final class Turns {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final DataSource source;

    /// @param source gives connections without a limit on how long they may be idle
    Turns(DataSource source) {
        this.source = source;
    }

    /// Do the work unless somebody is doing it; tells whether it was done.
    boolean take(String what, Runnable work) {
        try (Connection connection = source.getConnection()) {
            connection.setNetworkTimeout(Runnable::run, TIMEOUT_MILLIS);
            if (!isFree(connection, what)) {
                return false;
            }
            // No transaction stays open meanwhile: it would keep VACUUM from what was deleted since
            work.run();
            return true;
        } catch (SQLException failed) {
            throw SqlErrors.toStoreException(failed);
        }
    }

    private static boolean isFree(Connection connection, String what) throws SQLException {
        try (var statement =
                connection.prepareStatement("select pg_try_advisory_lock(7170018, ?)")) {
            statement.setInt(1, what.hashCode());
            try (var result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }
}
