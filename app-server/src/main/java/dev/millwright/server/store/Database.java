package dev.millwright.server.store;

import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Open the server's database and run transactions on it.
///
/// Called from any thread.
public final class Database implements AutoCloseable {
    private Database() {}

    /// Open the database, check that it keeps what it is given, and bring its tables up to date.
    public static Database open(DatabaseSettings settings) {
        throw new UnsupportedOperationException();
    }

    /// Look without changing anything; each statement sees what was committed before it.
    public <T extends @Nullable Object> T read(Function<Tx, T> work) {
        throw new UnsupportedOperationException();
    }

    /// Do everything or nothing; the commit survives a crash of this process.
    public <T extends @Nullable Object> T write(Function<Tx, T> work) {
        throw new UnsupportedOperationException();
    }

    /// Like [#write] for work without a result.
    public void change(Consumer<Tx> work) {
        throw new UnsupportedOperationException();
    }

    /// Like [#write], and returns only when the commit is on disk, so that it survives a power cut.
    public <T extends @Nullable Object> T durable(Function<Tx, T> work) {
        throw new UnsupportedOperationException();
    }

    public boolean isH2() {
        throw new UnsupportedOperationException();
    }

    /// Throws [StoreUnavailableException] when the database does not answer.
    public void ping() {
        throw new UnsupportedOperationException();
    }

    public DataSource dataSource() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
