package dev.millwright.server.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.host.use.Point;
import dev.millwright.plugin.poll.Finding;
import dev.millwright.plugin.poll.PollResult;
import dev.millwright.plugin.trigger.RunRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What goes wrong with looks, and that nothing is lost or doubled by it.
@Timeout(60)
class PollTroubleTest extends PollsFixture {
    @Test
    void findingsAndStateAreStoredTogetherOrNotAtAll() {
        apply(POLL);
        trigger.answers(request ->
                PollResult.found(
                        "after",
                        ScriptedPoll.finding("good"),
                        new Finding("bad", RunRequest.of("e".repeat(64)).build())));
        begin();

        assertThat(delivered()).isEmpty();
        assertThat(only().problem()).startsWith("what was found cannot be stored");
        trigger.answers(request -> PollResult.found("after", ScriptedPoll.finding("good")));
        pass(Duration.ofMinutes(2));

        assertThat(trigger.states()).containsExactly("", "");
        assertThat(keys()).containsExactly("good");
    }

    @Test
    void aServerThatDiesBetweenFindingAndStoringIsReplacedAndNothingComesTwice() throws Exception {
        apply(POLL);
        CountDownLatch dying = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        trigger.answers(request -> {
            dying.countDown();
            end.await();
            return PollResult.found("of the dead", ScriptedPoll.finding("of the dead"));
        });
        polls.tick();
        later(Duration.ofSeconds(10));
        dying.await();

        leave(server);
        UUID heir = UUID.randomUUID();
        join(heir);
        try (Polls other = polls(database, heir)) {
            trigger.answers(request -> PollResult.found("heir", ScriptedPoll.finding("heir")));
            other.tick();
            now.updateAndGet(time -> time.plusSeconds(6));
            other.tick();
            await().atMost(Duration.ofSeconds(20)).until(() -> !delivered().isEmpty());
            end.countDown();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> trigger.atOnce.values().stream().allMatch(n -> n.get() == 0));
            trigger.answers(request -> PollResult.nothing(request.state()));
            now.updateAndGet(time -> time.plusSeconds(60));
            other.tick();
            await().atMost(Duration.ofSeconds(20)).until(() -> trigger.requests.size() == 3);
        }

        assertThat(keys()).containsExactly("heir");
        assertThat(trigger.states()).containsExactly("", "", "heir");
    }

    @Test
    void failuresAreToldOnceKeepTheStateAndMakeThePauseLonger() {
        apply(POLL);
        begin();
        trigger.answers(request -> new PollResult.Failed("it rains", Duration.ZERO));
        pass(Duration.ofMinutes(1));
        Instant second = only().nextAt();
        assertThat(only().problem()).isEqualTo("it rains");
        assertThat(second).isAfterOrEqualTo(now.get().plusSeconds(60));
        now.set(second);
        pass(Duration.ZERO);
        assertThat(only().failures()).isEqualTo(2);
        assertThat(only().nextAt()).isAfterOrEqualTo(now.get().plusSeconds(120));

        trigger.answers(request -> {
            throw new IllegalStateException("broken");
        });
        now.set(only().nextAt());
        pass(Duration.ZERO);
        assertThat(only().problem()).contains("broken");

        trigger.answers(request -> PollResult.nothing("dry"));
        now.set(only().nextAt());
        pass(Duration.ZERO);
        assertThat(only().problem()).isEmpty();
        assertThat(only().failures()).isZero();
        assertThat(trigger.states()).containsExactly("", "seen", "seen", "seen", "seen");
        assertThat(events()).containsExactly("poll.failed", "poll.recovered");
    }

    @Test
    void aConfigurationThatDoesNotFitIsTold() {
        apply("{name: p, type: scripted, with: {wrod: x}}");
        begin();
        assertThat(only().problem()).contains("not set up well").contains("wrod");
    }

    @Test
    void theOtherSideMayAskForALongerPause() {
        apply(POLL);
        trigger.answers(request -> new PollResult.Failed("slow down", Duration.ofMinutes(30)));
        begin();
        assertThat(only().nextAt()).isAfterOrEqualTo(now.get().plus(Duration.ofMinutes(30)));
    }

    @Test
    void aFailedLookIsRepeatedAtOnceWhenItsPluginIsLoadedAnew() {
        apply(POLL);
        trigger.answers(request -> new PollResult.Failed("set up badly", Duration.ofMinutes(30)));
        begin();
        assertThat(only().lookedAt()).contains(now.get());
        pass(Duration.ofSeconds(10));
        assertThat(trigger.requests).hasSize(1);

        trigger.answers(request -> PollResult.nothing("seen"));
        var _ = extensions.add(Point.POLL, trigger);
        pass(Duration.ofSeconds(10));

        assertThat(only().problem()).isEmpty();
        assertThat(trigger.requests).hasSize(2);
    }

    @Test
    void looksThatHangHoldUpNoOther() {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 20; i++) {
            apply("hangs-" + i, POLL, "");
        }
        apply("works", POLL, "");
        trigger.answers(request -> {
            if (request.pipeline().name().startsWith("hangs")) {
                never.await();
            }
            return PollResult.nothing("seen");
        });
        polls.tick();
        for (int i = 0; i < 3; i++) {
            later(Duration.ofMinutes(1));
            int looks = i + 1;
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            trigger.requests.stream()
                                            .filter(r -> r.pipeline().name().equals("works"))
                                            .count()
                                    == looks);
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            polls.list().stream()
                                    .filter(poll -> poll.pipeline().equals("works"))
                                    .noneMatch(PollStatus::looking));
        }
        assertThat(trigger.mostAtOnce).hasValue(1);
    }

    @Test
    void aMistypedTypeIsToldWhatWasPerhapsMeant() {
        apply("{name: p, type: scriptde}");
        polls.tick();
        assertThat(only().problem())
                .isEqualTo(
                        "no plugin of this server offers the poll 'scriptde'; built in are scripted; did you mean 'scripted'?");
    }

    @Test
    void aTypeThatNobodyKnowsIsToldAndLooksOnceItsPluginComes() {
        apply("{name: p, type: elsewhere}");
        polls.tick();
        later(Duration.ofSeconds(30));
        assertThat(only().problem())
                .isEqualTo(
                        "no plugin of this server offers the poll 'elsewhere'; built in are scripted; 'millwright plugin list' tells what there is");
        assertThat(trigger.requests).isEmpty();

        ScriptedPoll elsewhere = new ScriptedPoll("elsewhere");
        var _ = extensions.add(Point.POLL, elsewhere);
        pass(Duration.ofSeconds(30));

        assertThat(only().problem()).isEmpty();
        assertThat(elsewhere.states()).containsExactly("");
    }
}
