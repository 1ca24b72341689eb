package dev.millwright.server.queue;

import dev.millwright.server.store.BareDataSource;
import dev.millwright.server.store.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;

/// Make what JobRunr does part of a transaction of ours: its commits and rollbacks reach back to a
/// savepoint only, and it cannot close the connection.
///
/// Called from any thread; each sees the connection that it brought.
final class JoiningDataSource extends BareDataSource {
    private static final ScopedValue<Connection> CONNECTION = ScopedValue.newInstance();

    /// Let everything that JobRunr does within the work go through that connection.
    static void with(Connection connection, Runnable work) {
        ScopedValue.where(CONNECTION, connection).run(work);
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (!CONNECTION.isBound()) {
            throw new StoreException(
                    "the queue was asked to join a transaction, but there is none");
        }
        Connection outer = CONNECTION.get();
        Joined joined = new Joined(outer, outer.setSavepoint());
        return (Connection)
                Proxy.newProxyInstance(
                        Connection.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (_, method, arguments) -> joined.invoke(method, arguments));
    }

    /// The state of one borrowed connection.
    private static final class Joined {
        private final Connection outer;
        private final Savepoint savepoint;
        private boolean done;

        Joined(Connection outer, Savepoint savepoint) {
            this.outer = outer;
            this.savepoint = savepoint;
        }

        @Nullable Object invoke(Method method, Object[] arguments) throws Throwable {
            return switch (method.getName()) {
                case "commit" -> {
                    outer.releaseSavepoint(savepoint);
                    done = true;
                    yield null;
                }
                case "rollback" -> {
                    if (!done) {
                        outer.rollback(savepoint);
                    }
                    done = true;
                    yield null;
                }
                case "close", "setAutoCommit", "setTransactionIsolation", "setReadOnly" -> null;
                case "getAutoCommit" -> false;
                default -> onOuter(method, arguments);
            };
        }

        private Object onOuter(Method method, Object[] arguments) throws Throwable {
            try {
                return method.invoke(outer, arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        }
    }
}
