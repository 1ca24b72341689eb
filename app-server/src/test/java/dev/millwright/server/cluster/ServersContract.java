package dev.millwright.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.NodeName;
import dev.millwright.model.event.Event;
import dev.millwright.server.event.EventFilter;
import dev.millwright.server.event.Journal;
import dev.millwright.server.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What holds for one server, on both databases.
@Timeout(60)
abstract class ServersContract {
    /// Quick, and yet with room for a machine that has much to do.
    static final Servers.Timing QUICK =
            new Servers.Timing(
                    Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(4));

    @TempDir Path directory;
    Database database;
    Journal journal;

    abstract Database open();

    @BeforeEach
    void openDatabase() {
        database = open();
        journal = Journal.create(database);
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    static ServerIdentity identity(String name) {
        return new ServerIdentity(
                UUID.randomUUID(),
                UUID.randomUUID(),
                name,
                new NodeName("node-" + name),
                "http://" + name + ":8080",
                "",
                "",
                "0.1.0");
    }

    Servers join(ServerIdentity self) {
        return Servers.join(database, journal, self, QUICK);
    }

    /// What happened to servers, as `TYPE NAME`.
    List<String> story() {
        return journal.after(0, EventFilter.ALL.withTypes(Set.of("server.*")), 100).stream()
                .map(ServersContract::word)
                .toList();
    }

    private static String word(Event event) {
        return event.type().substring("server.".length())
                + " "
                + event.subject().substring("server/".length());
    }

    @Test
    void comesAndGoes() {
        try (Servers servers = join(identity("one"))) {
            assertThat(servers.all())
                    .singleElement()
                    .satisfies(record -> {
                        assertThat(record.name()).isEqualTo("one");
                        assertThat(record.nodeName()).isEqualTo("node-one");
                        assertThat(record.lost()).isFalse();
                    });
            assertThat(servers.isAlone()).isTrue();
        }

        List<ServerRecord> left = database.read(tx -> tx.dao(ServerDao.class).all());
        assertThat(left).isEmpty();
        assertThat(story()).containsExactly("started one", "stopped one");
    }

    @Test
    void isKnownAgainAtOnceAfterItWasKilled() {
        ServerIdentity before = identity("one");
        database.change(tx -> tx.dao(ServerDao.class).insert(before));
        ServerIdentity after =
                new ServerIdentity(
                        UUID.randomUUID(),
                        before.home(),
                        "one",
                        before.node(),
                        before.address(),
                        "",
                        "",
                        "0.1.0");

        try (Servers servers = join(after)) {
            assertThat(servers.all()).extracting(ServerRecord::id).containsExactly(after.id());
        }
        assertThat(story()).containsExactly("lost one", "started one", "stopped one");
    }
}
