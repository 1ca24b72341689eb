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

    private Pool() {}

    static HikariDataSource open(String url, Properties properties, boolean embedded, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("millwright");
        config.setDataSourceProperties(properties);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(Math.min(size, embedded ? 2 : 4));
        config.setConnectionTimeout(TIMEOUT_MILLIS);
        config.setValidationTimeout(2_500);
        config.setExceptionOverride(new EvictGone());
        if (embedded) {
            config.setJdbcUrl(url + ";QUERY_TIMEOUT=" + TIMEOUT_MILLIS);
            config.setMaxLifetime(0);
        } else {
            config.setJdbcUrl(url);
            config.addDataSourceProperty(
                    "options",
                    "-c statement_timeout=%1$d -c lock_timeout=%1$d -c idle_in_transaction_session_timeout=60000"
                            .formatted(TIMEOUT_MILLIS));
        }
        return new HikariDataSource(config);
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
