package dev.millwright.server.outbox;

import static org.awaitility.Awaitility.await;

import dev.millwright.model.Parameters;
import dev.millwright.model.RunId;
import dev.millwright.server.event.EventFilter;
import dev.millwright.server.event.Journal;
import dev.millwright.server.event.NewEvent;
import dev.millwright.server.resource.ApplyOptions;
import dev.millwright.server.resource.ManifestReader;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.Tx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// An outbox over a database, with one exporter that is declared.
abstract class OutboxFixture {
    static final OutboxSettings QUICK =
            new OutboxSettings(
                    4,
                    Duration.ofMillis(20),
                    Duration.ofMillis(200),
                    Duration.ofMillis(50),
                    Duration.ofMillis(20),
                    Duration.ofMillis(20));

    @TempDir Path directory;
    Database database;
    Journal journal;
    Resources resources;
    UUID exporter;
    private final List<Outbox> opened = new ArrayList<>();

    abstract Database open();

    @BeforeEach
    void openDatabase() {
        database = open();
        journal = Journal.create(database);
        resources = Resources.create(database, journal, InstantSource.system());
        String text = "kind: Exporter\nmetadata: {name: test}\nspec: {type: test}\n";
        if (ManifestReader.read("test.yaml", text, "default")
                instanceof ManifestReader.Reading.Read(var manifests)) {
            resources.applyAll(manifests, ApplyOptions.DEFAULT);
        }
        exporter =
                resources
                        .find(Resources.EXPORTER, "default", "test")
                        .flatMap(found -> found.uuid())
                        .orElseThrow();
    }

    @AfterEach
    void close() {
        opened.forEach(Outbox::close);
        database.close();
    }

    Outbox outbox(Channel... channels) {
        return outbox(QUICK, channels);
    }

    final Outbox outbox(OutboxSettings settings, Channel... channels) {
        Outbox outbox =
                Outbox.open(
                        database,
                        journal,
                        settings,
                        Set.of(Resources.EXPORTER),
                        () -> List.of(channels));
        opened.add(outbox);
        return outbox;
    }

    static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(10));
    }

    static RunId run() {
        return new RunId(UUID.randomUUID());
    }

    void happen(RunId run, long seq, String type) {
        database.change(tx -> happen(tx, run, seq, type));
    }

    final void happen(Tx tx, RunId run, long seq, String type) {
        journal.append(
                tx, NewEvent.of("default", type, "default/web#1", run, seq, Parameters.NONE));
    }

    long waiting() {
        return database.read(tx -> tx.dao(OutboxDao.class).count(exporter).waiting());
    }

    final List<String> events() {
        return journal.latest(EventFilter.ALL, 100).stream().map(event -> event.type()).toList();
    }
}
