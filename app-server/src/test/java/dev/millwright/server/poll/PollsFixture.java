package dev.millwright.server.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.host.Extensions;
import dev.millwright.host.use.Point;
import dev.millwright.server.delivery.Deliveries;
import dev.millwright.server.delivery.Delivery;
import dev.millwright.server.delivery.DeliveryQuery;
import dev.millwright.server.delivery.Intake;
import dev.millwright.server.event.Journal;
import dev.millwright.server.queue.JobQueue;
import dev.millwright.server.queue.QueueSettings;
import dev.millwright.server.resource.ApplyOptions;
import dev.millwright.server.resource.ManifestReader;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Polls of one server, with a trigger that answers as it is told and a clock that stands still.
abstract class PollsFixture {
    static final String POLL = "{name: p, type: scripted, every: 1m}";

    @TempDir Path folder;

    final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2027-01-01T10:00:00Z"));
    final ScriptedPoll trigger = new ScriptedPoll("scripted");
    final Extensions extensions = Extensions.withoutPlugins().add(Point.POLL, trigger);
    final UUID server = UUID.randomUUID();
    Database database;
    private JobQueue queue;
    private Deliveries deliveries;
    private Journal journal;
    Resources resources;
    Intake intake;
    Polls polls;

    /// Another one in the class that does the same on PostgreSQL.
    Database database(Path directory) {
        return TestDatabases.embedded(directory);
    }

    @BeforeEach
    void open() {
        database = database(folder);
        journal = Journal.create(database);
        resources = Resources.create(database, journal, now::get);
        queue = JobQueue.create(database, QueueSettings.DEFAULT, wakeup -> {});
        intake = Intake.create(database, queue, now::get);
        deliveries = Deliveries.create(database, intake);
        join(server);
        polls = polls(database, server);
    }

    @AfterEach
    void close() {
        polls.close();
        queue.close();
        database.close();
    }

    Polls polls(Database on, UUID id) {
        return Polls.create(
                on,
                journal,
                resources,
                intake,
                extensions,
                (_, _, _) -> _ -> Optional.empty(),
                id,
                now::get);
    }

    /// As if a server with that id had come.
    void join(UUID id) {
        database.change(tx -> {
            var _ =
                    tx.handle()
                            .execute(
                                    """
                                    insert into servers (id, home, name, node_name, address,
                                        link_address, sources, version, started_at, seen_at, lost)
                                    values (?, ?, 'test', ?, '', '', '', '', current_timestamp,
                                        current_timestamp, false)
                                    """,
                                    id,
                                    id,
                                    id.toString());
        });
    }

    void leave(UUID id) {
        database.change(tx -> {
            var _ = tx.handle().execute("delete from servers where id = ?", id);
        });
    }

    void apply(String pipeline, String written, String more) {
        String text =
                "kind: Pipeline\nmetadata: {name: %s}\nspec: {polls: [%s], steps: [{name: a, commands: [\"true\"]}]%s}\n"
                        .formatted(pipeline, written, more);
        if (!(ManifestReader.read("web.yaml", text, "default")
                instanceof ManifestReader.Reading.Read(var manifests))) {
            throw new AssertionError(text);
        }
        assertThat(resources.applyAll(manifests, ApplyOptions.DEFAULT).toString())
                .doesNotContain("Invalid");
    }

    void apply(String written) {
        apply("web", written, "");
    }

    int later(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
        return polls.tick();
    }

    /// Tick after that time and wait until all looks have come to their end.
    void pass(Duration time) {
        later(time);
        settle();
    }

    void settle() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> polls.list().stream().noneMatch(PollStatus::looking));
    }

    /// Make the poll and let it look for the first time.
    void begin() {
        polls.tick();
        pass(Duration.ofSeconds(10));
    }

    List<Delivery> delivered() {
        return deliveries.list(new DeliveryQuery("", "", "", 100)).items().reversed();
    }

    List<String> keys() {
        return delivered().stream().map(Delivery::dedupeKey).toList();
    }

    PollStatus only() {
        assertThat(polls.list()).hasSize(1);
        return polls.list().getFirst();
    }

    List<String> events() {
        return database.read(tx ->
                tx.handle()
                        .createQuery(
                                "select type from events where type like 'poll.%' order by seq")
                        .mapTo(String.class)
                        .list());
    }
}
