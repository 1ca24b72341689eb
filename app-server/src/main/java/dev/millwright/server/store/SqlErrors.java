package dev.millwright.server.store;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// Tell from a driver's error what it means to callers.
final class SqlErrors {
    /// H2: I/O error, closed database or connection, general error of the storage layer.
    private static final Set<Integer> H2_GONE =
            Set.of(50000, 90007, 90020, 90028, 90030, 90031, 90067, 90098, 90121);

    private static final Set<String> CONFLICT = Set.of("40001", "40P01", "90131");

    /// A statement or a wait for a lock took too long, or the server has no room.
    private static final Set<String> OVERLOADED = Set.of("57014", "55P03", "HYT00", "25006");

    private SqlErrors() {}

    static RuntimeException toStoreException(RuntimeException thrown) {
        if (thrown instanceof StoreException) {
            return thrown;
        }
        SQLException sql = sqlCause(thrown);
        if (sql != null) {
            return toStoreException(sql, thrown);
        }
        return thrown instanceof JdbiException
                ? new StoreException("the database refused: " + thrown.getMessage(), thrown)
                : thrown;
    }

    static StoreException toStoreException(SQLException sql) {
        return toStoreException(sql, sql);
    }

    /// Whether the connection that gave this error is of no more use.
    static boolean isConnectionGone(SQLException sql) {
        String state = sql.getSQLState() == null ? "" : sql.getSQLState();
        return sql instanceof SQLTransientConnectionException
                || sql instanceof SQLNonTransientConnectionException
                || sql instanceof SQLRecoverableException
                || state.startsWith("08")
                || state.startsWith("57P")
                || H2_GONE.contains(sql.getErrorCode());
    }

    private static StoreException toStoreException(SQLException sql, Exception cause) {
        String state = sql.getSQLState() == null ? "" : sql.getSQLState();
        if (state.equals("23505")) {
            return new DuplicateException("the same key is there already: " + text(sql), cause);
        }
        if (CONFLICT.contains(state)) {
            return new StaleRevisionException("somebody else changed the same rows: " + text(sql));
        }
        if (isConnectionGone(sql)
                || OVERLOADED.contains(state)
                || state.startsWith("53")
                || state.startsWith("58")) {
            return new StoreUnavailableException(
                    "the database is not available: " + text(sql), cause);
        }
        return new StoreException("the database refused: " + text(sql), cause);
    }

    private static @Nullable SQLException sqlCause(Throwable thrown) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    /// The first line, without the statement that H2 adds, which may hold payloads.
    private static String text(SQLException sql) {
        String message = String.valueOf(sql.getMessage());
        int end = message.indexOf("; SQL statement");
        return (end < 0 ? message : message.substring(0, end)).lines().findFirst().orElse("");
    }
}
