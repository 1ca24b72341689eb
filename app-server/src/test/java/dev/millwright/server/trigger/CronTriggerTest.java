package dev.millwright.server.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.millwright.server.delivery.Deliveries;
import dev.millwright.server.delivery.Delivery;
import dev.millwright.server.delivery.DeliveryQuery;
import dev.millwright.server.delivery.DeliveryStatus;
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
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CronTriggerTest {
    @TempDir Path folder;

    final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2027-01-01T10:00:00Z"));
    private Database database;
    private JobQueue queue;
    private Deliveries deliveries;
    Resources resources;
    Intake intake;
    CronTrigger cron;

    /// Another one in the class that does the same on PostgreSQL.
    Database database(Path directory) {
        return TestDatabases.embedded(directory);
    }

    @BeforeEach
    void open() {
        database = database(folder);
        resources = Resources.create(database, Journal.create(database), now::get);
        queue = JobQueue.create(database, QueueSettings.DEFAULT, wakeup -> {});
        intake = Intake.create(database, queue, now::get);
        deliveries = Deliveries.create(database, intake);
        cron = CronTrigger.create(database, resources, intake, now::get);
    }

    @AfterEach
    void close() {
        queue.close();
        database.close();
    }

    void apply(String schedules) {
        apply(schedules, "");
    }

    private void apply(String schedules, String more) {
        String text =
                "kind: Pipeline\nmetadata: {name: web}\nspec: {cron: [%s], steps: [{name: a, commands: [\"true\"]}]%s}\n"
                        .formatted(schedules, more);
        if (!(ManifestReader.read("web.yaml", text, "default")
                instanceof ManifestReader.Reading.Read(var manifests))) {
            throw new AssertionError(text);
        }
        assertThat(resources.applyAll(manifests, ApplyOptions.DEFAULT).toString())
                .doesNotContain("Invalid");
    }

    private int at(String time) {
        now.set(Instant.parse("2027-01-01T" + time + "Z"));
        return cron.tick();
    }

    /// The keys of all deliveries, the newest first.
    private List<String> delivered() {
        return deliveries.list(new DeliveryQuery("", "", "", 100)).items().stream()
                .map(Delivery::dedupeKey)
                .map(key -> key.substring("2027-01-01T".length(), key.length() - 1))
                .toList();
    }

    @Test
    void eachOccurrenceIsOneDeliveryHoweverManyServersTick() {
        apply("{name: often, schedule: '*/5 * * * *', ref: refs/heads/main, inputs: {a: b}}");
        CronTrigger other = CronTrigger.create(database, resources, intake, now::get);
        assertThat(at("10:00:00")).isZero();
        assertThat(at("10:05:01") + other.tick()).isEqualTo(1);
        assertThat(at("10:05:02") + other.tick()).isZero();
        Delivery stored = deliveries.list(new DeliveryQuery("", "", "", 100)).items().getFirst();
        assertThat(stored.source()).isEqualTo("cron:default/web/often");
        assertThat(stored.event()).isEqualTo("cron");
        assertThat(stored.parameters().text("ref")).contains("refs/heads/main");
        assertThat(stored.parameters().text("inputs")).contains("{a=b}");
    }

    @Test
    void knowsWhenToLookAgain() {
        apply("{schedule: '0 12 * * *'}");
        cron.tick();
        assertThat(cron.nextWake()).contains(Instant.parse("2027-01-01T12:00:00Z"));
    }

    @Test
    void makesUpForMissedOccurrencesAsThePolicySays() {
        String five = "schedule: '*/5 * * * *'";
        apply(
                "{name: a, misfire: all, %s}, {name: o, misfire: once, %s}, {name: s, misfire: skip, %s}"
                        .formatted(five, five, five));
        at("10:00:00");
        assertThat(at("10:16:00")).isEqualTo(4);
        assertThat(delivered())
                .containsExactlyInAnyOrder("10:05:00", "10:10:00", "10:15:00", "10:15:00");
        assertThat(at("10:20:00")).isEqualTo(3);
    }

    @Test
    void aLongAbsenceIsMadeUpForQuickly() {
        apply("{schedule: '@every 10s'}");
        at("10:00:00");
        now.set(Instant.parse("2028-01-01T10:01:00Z"));
        long began = System.nanoTime();
        cron.tick();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        assertThat(cron.nextWake()).contains(Instant.parse("2028-01-01T10:01:10Z"));
    }

    @Test
    void jitterHoldsBackAndMissesNothing() {
        apply("{name: a, schedule: '*/5 * * * *', jitter: 4m, misfire: skip}");
        at("10:00:00");
        int made = 0;
        for (int second = 1; second <= 3600; second += 5) {
            now.set(Instant.parse("2027-01-01T10:00:00Z").plusSeconds(second));
            made += cron.tick();
        }
        assertThat(made).isBetween(11, 12);
        assertThat(deliveries.list(new DeliveryQuery("", "", "", 100)).items())
                .anySatisfy(delivery ->
                        assertThat(
                                        Duration.between(
                                                Instant.parse(delivery.dedupeKey()),
                                                delivery.receivedAt()))
                                .isGreaterThan(Duration.ofSeconds(30)));
    }

    @Test
    void whatASuspendedScheduleLetPassIsNotMadeUpFor() {
        apply("{schedule: '*/5 * * * *'}");
        at("10:00:00");
        apply("{schedule: '*/5 * * * *'}", ", suspend: true");
        assertThat(at("10:07:00")).isZero();
        apply("{schedule: '*/5 * * * *'}");
        assertThat(at("10:08:00")).isZero();
        assertThat(at("10:10:00")).isEqualTo(1);
    }

    @Test
    void aPipelineThatComesBackStartsAnew() {
        apply("{schedule: '*/5 * * * *'}");
        at("10:00:00");
        resources.delete("Pipeline", "default", "web", ApplyOptions.DEFAULT);
        at("10:01:00");
        apply("{schedule: '*/5 * * * *'}");
        assertThat(at("10:12:00")).isZero();
    }

    @Test
    void firesOnlyWithinItsWindow() {
        apply(
                "{schedule: '*/5 * * * *', startAt: '2027-01-01T10:10:00Z', endAt: '2027-01-01T10:15:00Z'}");
        for (int minute = 0; minute < 40; minute++) {
            at("10:%02d:00".formatted(minute));
        }
        assertThat(delivered()).containsExactlyInAnyOrder("10:10:00", "10:15:00");
    }

    @Test
    void leavesAnOccurrenceOutWhileTheOneBeforeWaits() {
        apply(
                "{name: f, schedule: '*/5 * * * *', overlap: forbid}, {name: g, schedule: '*/5 * * * *', overlap: forbid}");
        at("10:00:00");
        assertThat(at("10:05:00")).as("one of each schedule").isEqualTo(2);
        assertThat(at("10:10:00")).isEqualTo(2);
        assertThat(all())
                .filteredOn(delivery -> delivery.dedupeKey().contains("10:10:00"))
                .hasSize(2)
                .allSatisfy(delivery ->
                        assertThat(delivery.parameters().text("ignore"))
                                .contains("the run of an earlier occurrence still goes on"));
        all().forEach(delivery ->
                database.change(tx ->
                        deliveries.ended(tx, delivery.id(), DeliveryStatus.IGNORED, "not now")));
        assertThat(at("10:15:00")).isEqualTo(2);
        assertThat(all())
                .filteredOn(delivery -> delivery.dedupeKey().contains("10:15:00"))
                .allSatisfy(delivery -> assertThat(delivery.parameters().text("ignore")).isEmpty());
    }

    @Test
    void aLaterOccurrenceReplacesOneThatHasNotBegun() {
        apply("{schedule: '*/5 * * * *', overlap: replace}");
        at("10:00:00");
        at("10:05:00");
        at("10:10:00");

        assertThat(all())
                .extracting(Delivery::dedupeKey, Delivery::status, Delivery::reason)
                .containsExactly(
                        tuple("2027-01-01T10:10:00Z", DeliveryStatus.RECEIVED, ""),
                        tuple(
                                "2027-01-01T10:05:00Z",
                                DeliveryStatus.IGNORED,
                                "replaced by a later occurrence before it began"));
    }

    List<Delivery> all() {
        return deliveries.list(new DeliveryQuery("", "", "", 100)).items();
    }
}
