package dev.millwright.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Two servers on one PostgreSQL.
@Timeout(60)
class BroadcastIT {
    private static final String CHANNEL = "test";

    private final DatabaseSettings settings = TestDatabases.postgresqlSettings();
    private final Database here = Database.open(settings);
    private final Database there = Database.open(settings);
    private final Ear ear = new Ear();

    /// Notes what it hears.
    private static final class Ear implements Broadcast.Listener {
        private final List<String> heard = new CopyOnWriteArrayList<>();

        @Override
        public void heard(String text) {
            heard.add(text);
        }

        @Override
        public void missed() {
            heard.add("(missed)");
        }
    }

    @BeforeEach
    void listen() {
        there.broadcast().listen(CHANNEL, ear);
        await().until(() -> ear.heard.contains("(missed)"));
        ear.heard.clear();
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    private void say(String text) {
        here.change(tx -> here.broadcast().send(tx, CHANNEL, text));
    }

    @Test
    void whatIsSentIsHeardInOrderOnceItIsCommitted() {
        assertThatThrownBy(() ->
                        here.change(tx -> {
                            here.broadcast().send(tx, CHANNEL, "taken back");
                            throw new StoreException("no");
                        }))
                .hasMessage("no");
        say("one");
        say("two words");
        say("");

        await().until(() -> ear.heard.size() >= 3);
        assertThat(ear.heard).containsExactly("one", "two words", "");
    }

    @Test
    void nobodyHearsOneselfAndEverybodyHearsTheDatabase() {
        there.change(tx -> there.broadcast().send(tx, CHANNEL, "own"));
        there.change(tx -> tx.handle().execute("notify " + CHANNEL));
        say("end");

        await().until(() -> ear.heard.contains("end"));
        assertThat(ear.heard).containsExactly("", "end");
    }

    @Test
    void whatIsAnnouncedAgainAndAgainIsHeardFewTimes() {
        for (int i = 0; i < 10_000; i++) {
            here.broadcast().announce(CHANNEL, "look");
        }
        here.broadcast().announce(CHANNEL, "end");

        await().until(() -> ear.heard.contains("end"));
        assertThat(ear.heard).contains("look").hasSizeLessThan(1_000);
    }

    @Test
    void aListenerWhoseConnectionWasEndedIsToldAndHearsAgain() throws SQLException {
        try (var connection = DriverManager.getConnection(settings.url(), settings.user(), "");
                var statement = connection.createStatement()) {
            statement.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %' and datname = current_database()");
        }
        await().until(() -> ear.heard.contains("(missed)"));
        say("again");

        await().until(() -> ear.heard.contains("again"));
    }

    @Test
    void aListenerThatFailsLeavesTheOthersTheirWord() {
        there.broadcast()
                .listen(
                        CHANNEL,
                        Broadcast.Listener.waking(() -> {
                            throw new StoreException("this listener always fails");
                        }));
        // The connection is made anew for each listener
        await().until(() -> ear.heard.contains("(missed)"));
        say("one");
        say("two");

        await().until(() -> ear.heard.contains("two"));
    }

    @Test
    void whatIsTooLongIsRefusedAtOnce() {
        say("x".repeat(7_900));
        await().until(() -> !ear.heard.isEmpty());

        assertThatThrownBy(() -> say("x".repeat(7_901)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("send an id instead");
    }
}
