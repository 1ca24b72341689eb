package dev.millwright.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Properties;

/// The pool of connections, with limits on how long anything may take.
final class Pool {
    /// A statement, a wait for a lock, or a wait for a connection gives up after this.
    static final int TIMEOUT_MILLIS = 5_000;

    /// PostgreSQL itself ends a statement before the connection gives it up, which costs the
    /// connection.
    private static final int STATEMENT_MILLIS = 4_500;

    private Pool() {}

    /// @param before each connection; throws [StoreUnavailableException] to refuse it
    static HikariDataSource embedded(String url, Properties properties, int size, Runnable before) {
        HikariConfig config = limited(size, 2);
        config.setDataSource(
                new PlainDataSource(url + ";QUERY_TIMEOUT=" + TIMEOUT_MILLIS, properties, before));
        config.setMaxLifetime(0);
        return new HikariDataSource(config);
    }

    static HikariDataSource server(String url, Properties properties, int size) {
        HikariConfig config = limited(size, 4);
        config.setJdbcUrl(url);
        config.setDataSourceProperties(properties);
        config.addDataSourceProperty(
                "options",
                "-c statement_timeout=%1$d -c lock_timeout=%1$d -c idle_in_transaction_session_timeout=60000"
                        .formatted(STATEMENT_MILLIS));
        return new HikariDataSource(config);
    }

    private static HikariConfig limited(int size, int idle) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("millwright");
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(Math.min(size, idle));
        config.setConnectionTimeout(TIMEOUT_MILLIS);
        config.setValidationTimeout(2_500);
        config.setExceptionOverride(new EvictGone());
        return config;
    }

    /// Drop connections to a database that is gone; the pool itself knows only SQL's own states.
    private static final class EvictGone implements SQLExceptionOverride {
        @java.lang.Override
        public Override adjudicate(SQLException thrown) {
            return SqlErrors.isConnectionGone(thrown)
                    ? Override.MUST_EVICT
                    : Override.CONTINUE_EVICT;
        }
    }
}
