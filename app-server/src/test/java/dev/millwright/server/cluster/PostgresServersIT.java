package dev.millwright.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millwright.server.event.EventFilter;
import dev.millwright.server.event.Journal;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.PostgresServer;
import dev.millwright.server.store.TestDatabases;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PostgresServersIT extends ServersContract {
    private Servers one;
    private Servers two;

    @Override
    Database open() {
        return TestDatabases.postgresql();
    }

    private void joinBoth() {
        one = join(identity("one"));
        two = join(identity("two"));
    }

    @AfterEach
    void leave() {
        if (one != null) {
            one.close();
            two.close();
        }
    }

    /// A server that says nothing after its start.
    private ServerIdentity silent(String name) {
        ServerIdentity silent = identity(name);
        database.change(tx -> tx.dao(ServerDao.class).insert(silent));
        return silent;
    }

    @Test
    void seeEachOther() {
        joinBoth();

        assertThat(two.all()).extracting(ServerRecord::name).containsExactly("one", "two");
        await().until(() -> !one.isAlone());
        two.close();
        await().until(one::isAlone);
        assertThat(one.all()).extracting(ServerRecord::name).containsExactly("one");
    }

    @Test
    void oneThatFallsSilentIsGivenUpOnceAndForgottenLater() {
        joinBoth();
        List<UUID> told = new CopyOnWriteArrayList<>();
        one.onLost(lost -> told.add(lost.id()));
        two.onLost(lost -> told.add(lost.id()));
        ServerIdentity silent = silent("silent");

        await().until(() -> told.size() >= 2);
        assertThat(told).containsExactly(silent.id(), silent.id());
        assertThat(one.all())
                .filteredOn(ServerRecord::lost)
                .extracting(ServerRecord::name)
                .containsExactly("silent");
        await().until(() -> one.all().stream().noneMatch(ServerRecord::lost));
        assertThat(story()).containsExactly("started one", "started two", "lost silent");
    }

    private static ServerIdentity linked(String name) {
        ServerIdentity plain = identity(name);
        return new ServerIdentity(
                plain.id(),
                plain.home(),
                plain.name(),
                plain.node(),
                plain.address(),
                name + ":10001",
                "",
                plain.version());
    }

    @Test
    @Tag("R29")
    void nodesAreToldOfOneThatWasGivenUpUntilItIsForgotten() {
        one = join(linked("one"));
        two = join(linked("two"));
        // It may have been silent for a moment only, and be the only one left when the others die
        database.change(tx -> tx.dao(ServerDao.class).insert(linked("a-silent")));

        await().until(() ->
                one.all().stream().anyMatch(ServerRecord::lost)
                        && one.linkAddresses().size() == 3
                        && one.linkAddresses().getLast().equals("a-silent:10001"));
        await().until(() -> one.linkAddresses().size() == 2);
    }

    @Test
    @Tag("R28")
    void oneThatWasGivenUpWhileItStoodStillGoesOn() {
        joinBoth();
        // As the others do it while this process stands still
        database.change(
                tx -> tx.handle().execute("update servers set lost = true where name = 'two'"));

        await().until(() -> story().contains("returned two"));
        assertThat(one.all()).noneMatch(ServerRecord::lost);
        assertThat(story()).containsExactly("started one", "started two", "returned two");
    }

    @Test
    void oneThatWasForgottenComesBack() {
        joinBoth();
        database.change(tx -> tx.handle().execute("delete from servers where name = 'two'"));

        await().until(() -> one.all().size() == 2);
        assertThat(story()).containsExactly("started one", "started two", "started two");
    }

    @Test
    @Tag("R18")
    void afterASilenceOfTheDatabaseNobodyIsGivenUp() {
        try (PostgresServer frozen = PostgresServer.create();
                Database opened = Database.open(frozen.newSettings())) {
            Journal there = Journal.create(opened);
            try (Servers three = Servers.join(opened, there, identity("three"), QUICK);
                    Servers four = Servers.join(opened, there, identity("four"), QUICK)) {
                await().until(() -> !three.isAlone() && !four.isAlone());
                frozen.freeze();
                // As long as it takes to be given up, and more
                await().pollDelay(QUICK.dead().multipliedBy(2)).until(() -> true);
                Instant thawed = Instant.now();
                frozen.thaw();

                await().atMost(Duration.ofSeconds(20))
                        .ignoreExceptions()
                        .until(() ->
                                three.all().stream()
                                        .allMatch(one ->
                                                one.seenAt().isAfter(thawed.plus(QUICK.dead()))));
                assertThat(there.after(0, EventFilter.ALL.withTypes(Set.of("server.lost")), 9))
                        .isEmpty();
            }
        }
    }

    @Test
    void twoNodesOfOneNameAreRefused() {
        joinBoth();
        ServerIdentity namesake =
                new ServerIdentity(
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        "three",
                        one.self().node(),
                        "http://three:8080",
                        "",
                        "",
                        "0.1.0");

        assertThatThrownBy(() -> join(namesake))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("one (http://one:8080) has a node named 'node-one' already")
                .hasMessageContaining("'node.name'");
        one.close();
        join(namesake).close();
    }

    @Test
    void theNameOfADeadServersNodeIsFree() {
        ServerIdentity silent = silent("silent");
        database.change(tx ->
                tx.handle().execute("update servers set seen_at = seen_at - interval '3' second"));
        ServerIdentity next =
                new ServerIdentity(
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        "next",
                        silent.node(),
                        "http://next:8080",
                        "",
                        "",
                        "0.1.0");

        join(next).close();

        assertThat(story()).containsExactly("lost silent", "started next", "stopped next");
    }
}
