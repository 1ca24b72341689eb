package dev.millwright.server.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.RunId;
import dev.millwright.plugin.Sent;
import dev.millwright.server.event.Journal;
import dev.millwright.server.resource.ApplyOptions;
import dev.millwright.server.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// What the outbox does, on either database.
abstract class OutboxContract extends OutboxFixture {
    @Test
    void whatHappensIsToldInOrderAndThenForgotten() {
        Recipient recipient = new Recipient(exporter);
        var _ = outbox(recipient);
        RunId run = run();
        for (int i = 1; i <= 20; i++) {
            happen(run, i, "event-" + i);
        }
        eventually().until(() -> waiting() == 0);
        assertThat(recipient.told())
                .extracting(Letter::seq)
                .isSorted()
                .hasSize(20)
                .doesNotHaveDuplicates();
        assertThat(recipient.told().getLast().occasion()).isEqualTo("event-20");
    }

    @Test
    void runsAreToldOfAtOnceAndEachRunOneThingAtATime() throws InterruptedException {
        Recipient recipient = new Recipient(exporter);
        Set<RunId> inside = ConcurrentHashMap.newKeySet();
        AtomicBoolean twice = new AtomicBoolean();
        CountDownLatch together = new CountDownLatch(3);
        recipient.answer(letter -> {
            if (!inside.add(letter.run())) {
                twice.set(true);
            }
            together.countDown();
            try {
                twice.compareAndSet(false, !together.await(20, TimeUnit.SECONDS));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            inside.remove(letter.run());
            return Sent.DONE;
        });
        var _ = outbox(recipient);
        List<RunId> runs = List.of(run(), run(), run());
        for (int i = 1; i <= 5; i++) {
            for (RunId run : runs) {
                happen(run, i, "event");
            }
        }
        eventually().until(() -> waiting() == 0);
        assertThat(recipient.told()).hasSize(15);
        assertThat(twice).as("two calls at once for one run, or never three for three").isFalse();
    }

    /// The next one of the run is claimed together with the end of the one before.
    @Test
    void whatIsLeftWhenTheChannelClosesWaitsForNoClaim() {
        Recipient recipient = new Recipient(exporter);
        Outbox outbox = outbox(recipient);
        recipient.answer(_ -> {
            outbox.close();
            return Sent.DONE;
        });
        RunId run = run();
        database.change(tx -> {
            happen(tx, run, 1, "told");
            happen(tx, run, 2, "left");
        });

        eventually().until(() -> waiting() == 1);
        eventually().until(() -> due().equals(List.of(run.value())));
        assertThat(recipient.told()).extracting(Letter::occasion).containsExactly("told");
    }

    private List<UUID> due() {
        return database.read(tx -> tx.dao(OutboxDao.class).due(exporter, tx.now(), 10));
    }

    @Test
    void whatIsRolledBackIsNotTold() {
        Recipient recipient = new Recipient(exporter);
        var _ = outbox(recipient);
        RunId run = run();
        assertThat(
                        org.assertj.core.api.Assertions.catchThrowable(() ->
                                database.change(tx -> {
                                    happen(tx, run, 1, "never");
                                    throw new IllegalStateException("no");
                                })))
                .isNotNull();
        happen(run, 2, "then");
        eventually().until(() -> waiting() == 0);
        assertThat(recipient.told()).extracting(Letter::occasion).containsExactly("then");
    }

    @Test
    void nothingIsWrittenWhileNobodyIsToBeTold() {
        var _ = outbox();
        happen(run(), 1, "event");
        assertThat(waiting()).isZero();
    }

    @Test
    void aReceiverThatIsDownLosesNothingAndIsNotAskedAllTheTime() {
        Recipient recipient = new Recipient(exporter);
        recipient.answer(_ -> new Sent.Later("it is down", Duration.ZERO));
        Outbox outbox = outbox(recipient);
        for (int i = 1; i <= 30; i++) {
            happen(run(), 1, "event");
        }
        eventually().until(() -> recipient.told().size() > 5);
        assertThat(outbox.status())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.waiting()).isEqualTo(30);
                    assertThat(one.failing()).isPositive();
                    assertThat(one.reason()).isEqualTo("it is down");
                    assertThat(one.dropped()).isZero();
                });
        int asked = recipient.told().size();
        recipient.answer(_ -> Sent.DONE);
        eventually().until(() -> waiting() == 0);
        assertThat(recipient.told().subList(asked, recipient.told().size()))
                .extracting(Letter::run)
                .doesNotHaveDuplicates();
        assertThat(recipient.told()).extracting(Letter::tries).contains(0, 1);
        assertThat(events()).containsOnlyOnce("outbox.failing").contains("outbox.recovered");
    }

    @Test
    void troubleDoesNotEndWithWhatNobodyHadToBeTold() {
        Recipient recipient = new Recipient(exporter);
        recipient.answer(_ -> new Sent.Later("it is down", Duration.ZERO));
        recipient.spare(letter -> letter.occasion().equals("spared"));
        Outbox outbox = outbox(recipient);
        happen(run(), 1, "event");
        happen(run(), 1, "event");
        eventually().until(() -> events().contains("outbox.failing"));
        happen(run(), 1, "spared");
        eventually().until(() -> waiting() == 2);
        assertThat(recipient.told()).extracting(Letter::occasion).containsOnlyOnce("spared");
        assertThat(events()).doesNotContain("outbox.recovered");
        assertThat(outbox.status())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.failing()).isEqualTo(2);
                    assertThat(one.reason()).isEqualTo("it is down");
                });
    }

    @Test
    void troubleThatOutlivesItsServerEndsWhenSomethingArrives() {
        Recipient down = new Recipient(exporter);
        down.answer(_ -> new Sent.Later("it is down", Duration.ofMinutes(10)));
        Outbox before = outbox(down);
        happen(run(), 1, "event");
        happen(run(), 1, "event");
        eventually().until(() -> events().contains("outbox.failing"));
        assertThat(before.status().getFirst().nextTryOrNull())
                .isAfter(Instant.now().plus(Duration.ofMinutes(5)));
        before.close();
        // The one of the server before would write the same letters
        journal = Journal.create(database);

        Outbox next = outbox(new Recipient(exporter));
        happen(run(), 1, "event");

        eventually().until(() -> events().contains("outbox.recovered"));
        eventually().until(() -> waiting() == 0);
        assertThat(next.status())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.reason()).isEmpty();
                    assertThat(one.failedAtOrNull()).isNull();
                    assertThat(one.nextTryOrNull()).isNull();
                });
    }

    @Test
    void aFailureIsShownOnlyUntilSomethingArrives() {
        Recipient recipient = new Recipient(exporter);
        recipient.answer(letter ->
                letter.tries() == 0 ? new Sent.Later("a moment", Duration.ZERO) : Sent.DONE);
        Outbox outbox = outbox(recipient);
        happen(run(), 1, "event");
        eventually()
                .untilAsserted(() -> {
                    assertThat(recipient.told()).hasSize(2);
                    assertThat(outbox.status().getFirst().reason()).isEmpty();
                });
        assertThat(events()).doesNotContain("outbox.failing", "outbox.recovered");
    }

    @Test
    void whatIsThrownIsTriedAgain() {
        Recipient recipient = new Recipient(exporter);
        recipient.answer(letter -> {
            if (letter.tries() < 3) {
                throw new IllegalStateException("broken");
            }
            return Sent.DONE;
        });
        var _ = outbox(recipient);
        happen(run(), 1, "event");
        eventually().until(() -> waiting() == 0);
        assertThat(recipient.told()).extracting(Letter::tries).containsExactly(0, 1, 2, 3);
    }

    @Test
    void anExportInPartsGoesOnWhereItWas() {
        Recipient recipient = new Recipient(exporter);
        recipient.answer(letter ->
                letter.progress().length() < 3
                        ? new Sent.Partly(letter.progress() + "x")
                        : Sent.DONE);
        var _ = outbox(recipient);
        RunId run = run();
        happen(run, 1, "long");
        happen(run, 2, "short");
        eventually().until(() -> waiting() == 0);
        assertThat(recipient.told().subList(0, 4))
                .extracting(letter -> letter.seq() + letter.progress())
                .containsExactly("1", "1x", "1xx", "1xxx");
    }

    @Test
    void whatWillNeverArriveIsGivenUpAndCountedAndTheNextIsTold() {
        Recipient recipient = new Recipient(exporter);
        recipient.answer(letter -> letter.seq() == 1 ? new Sent.Never("too big") : Sent.DONE);
        Outbox outbox = outbox(recipient);
        RunId run = run();
        happen(run, 1, "event");
        happen(run, 2, "event");
        eventually().until(() -> waiting() == 0);
        assertThat(recipient.told()).extracting(Letter::seq).containsExactly(1L, 2L);
        assertThat(outbox.status().getFirst().dropped()).isEqualTo(1);
        assertThat(outbox.status().getFirst().reason()).isEqualTo("too big");
        assertThat(events()).contains("outbox.dropped");
    }

    @Test
    void whatIsTooMuchOrTooOldIsGivenUpAndCounted() {
        Recipient few = new Recipient(exporter, new Channel.Keep(Duration.ofDays(7), 10));
        few.answer(_ -> new Sent.Later("it is down", Duration.ofMinutes(10)));
        Outbox outbox = outbox(few);
        for (int i = 0; i < 25; i++) {
            happen(run(), 1, "event");
        }
        eventually().until(() -> few.told().size() >= 2);
        eventually()
                .untilAsserted(() -> {
                    outbox.tick();
                    assertThat(waiting()).isLessThanOrEqualTo(10);
                });
        assertThat(outbox.status().getFirst().dropped()).isEqualTo(25 - waiting());
        outbox.close();

        Recipient brief = new Recipient(exporter, new Channel.Keep(Duration.ofMillis(1), 10));
        brief.answer(_ -> new Sent.Later("it is down", Duration.ofMinutes(10)));
        Outbox next = outbox(brief);
        eventually()
                .untilAsserted(() -> {
                    next.tick();
                    assertThat(waiting()).isZero();
                });
        assertThat(next.status().getFirst().dropped()).isEqualTo(25);
    }

    @Test
    void whatWaitsForADeletedExporterIsForgotten() {
        Recipient recipient = new Recipient(exporter);
        recipient.answer(_ -> new Sent.Later("it is down", Duration.ofMinutes(10)));
        Outbox outbox = outbox(recipient);
        happen(run(), 1, "event");
        resources.delete(Resources.EXPORTER, "default", "test", ApplyOptions.DEFAULT);
        outbox.tick();
        assertThat(waiting()).isZero();
    }
}
