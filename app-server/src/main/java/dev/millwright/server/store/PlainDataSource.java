package dev.millwright.server.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Properties;

/// Give a new connection each time, outside the pool and without its time limits: for migrations,
/// syncs, listening and cleaning up.
///
/// Called from any thread.
final class PlainDataSource extends BareDataSource {
    private final String url;
    private final Properties properties;
    private final Runnable before;
    private volatile int loginSeconds;

    PlainDataSource(String url, Properties properties) {
        this(url, properties, () -> {});
    }

    /// @param before each connection; throws [StoreUnavailableException] to refuse it
    PlainDataSource(String url, Properties properties, Runnable before) {
        this.url = url;
        this.properties = properties;
        this.before = before;
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            before.run();
        } catch (StoreUnavailableException refused) {
            throw new SQLTransientConnectionException(refused.getMessage(), refused);
        }
        return DriverManager.getConnection(url, properties);
    }

    /// Bounds nothing here; a pool that is closed waits so long for a connection that is under way.
    @Override
    public void setLoginTimeout(int seconds) {
        loginSeconds = seconds;
    }

    @Override
    public int getLoginTimeout() {
        return loginSeconds;
    }
}
