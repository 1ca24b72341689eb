package dev.millwright.server.store;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;

/// All connections that a PostgreSQL allows, until it is closed. Used by one thread.
public final class TakenConnections implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final PostgresServer postgres;
    private final List<Connection> taken = new ArrayList<>();

    private TakenConnections(PostgresServer postgres) {
        this.postgres = postgres;
    }

    /// Take what is free, end what the program has, and take that, too.
    static TakenConnections of(PostgresServer postgres) {
        TakenConnections connections = new TakenConnections(postgres);
        try {
            await("all connections, while somebody else opens some")
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(PAUSE)
                    .pollInSameThread()
                    .until(connections::takeAll);
            return connections;
        } catch (ConditionTimeoutException never) {
            connections.close();
            throw never;
        }
    }

    private boolean takeAll() {
        takeFree();
        // A connection that somebody is just opening is on no list, but it takes a place
        if (areAll()) {
            return true;
        }
        endOthers();
        return false;
    }

    private void takeFree() {
        try {
            while (true) {
                taken.add(DriverManager.getConnection(postgres.url(), postgres.user(), ""));
            }
        } catch (SQLException full) {
            // That is what was wanted
        }
    }

    private boolean areAll() {
        return taken.size() == number("select current_setting('max_connections')::int");
    }

    private void endOthers() {
        var _ =
                number(
                        "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'millwright'");
    }

    private int number(String sql) {
        try (var statement = taken.getFirst().createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getInt(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void close() {
        for (Connection one : taken) {
            try {
                one.close();
            } catch (SQLException gone) {
                // Then nobody has it
            }
        }
    }
}
