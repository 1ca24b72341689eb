package dev.millwright.server.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.plugin.poll.Finding;
import dev.millwright.plugin.poll.PollResult;
import dev.millwright.plugin.trigger.RunRequest;
import dev.millwright.server.delivery.Delivery;
import dev.millwright.server.resource.ApplyOptions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What looks find, and what changes of a pipeline make of them.
@Timeout(60)
class PollsTest extends PollsFixture {
    @Test
    void whatALookFindsBecomesDeliveriesAndTheNextLookGetsItsState() {
        apply(POLL);
        trigger.answers(request ->
                switch (request.state()) {
                    case "" -> PollResult.nothing("one");
                    case "one" ->
                            PollResult.found(
                                    "two",
                                    new Finding(
                                            "main@1",
                                            RunRequest.of("push")
                                                    .ref("refs/heads/main")
                                                    .commit("1234")
                                                    .build()),
                                    ScriptedPoll.finding("main@2"));
                    default -> PollResult.nothing(request.state());
                });

        begin();
        assertThat(delivered()).isEmpty();
        pass(Duration.ofMinutes(1));
        assertThat(keys()).containsExactly("main@1", "main@2");
        pass(Duration.ofMinutes(1));

        assertThat(keys()).hasSize(2);
        assertThat(trigger.states()).containsExactly("", "one", "two");
        Delivery first = delivered().getFirst();
        assertThat(first.source()).isEqualTo("poll:default/web/p");
        assertThat(first.event()).isEqualTo("push");
        assertThat(first.parameters().toString()).contains("refs/heads/main", "1234");
        assertThat(only().foundAt()).contains(now.get().minus(Duration.ofMinutes(1)));
        assertThat(only().lookedAt()).contains(now.get());
        assertThat(only().nextAt()).isBetween(now.get(), now.get().plusSeconds(60));
    }

    @Test
    void aSuspendedPipelineDoesNotLookAndGoesOnWhereItStopped() {
        apply(POLL);
        begin();
        apply("web", POLL, ", suspend: true");
        for (int i = 0; i < 5; i++) {
            assertThat(later(Duration.ofMinutes(1))).isZero();
        }
        assertThat(only().suspended()).isTrue();
        apply(POLL);
        polls.tick();
        pass(Duration.ofSeconds(10));
        assertThat(trigger.states()).containsExactly("", "seen");
    }

    @Test
    void otherSettingsBeginAnewAndWhatTheOldOnesWereFindingCountsNoMore() throws Exception {
        apply(POLL);
        CountDownLatch go = new CountDownLatch(1);
        trigger.answers(request -> {
            go.await();
            return PollResult.found("old", ScriptedPoll.finding("old"));
        });
        polls.tick();
        later(Duration.ofSeconds(10));
        await().until(() -> trigger.requests.size() == 1);
        apply("{name: p, type: scripted, every: 1m, with: {word: other}}");
        polls.tick();
        go.countDown();
        await().until(() -> trigger.atOnce.get("web/p").get() == 0);
        trigger.answers(request -> PollResult.nothing("new"));
        pass(Duration.ofSeconds(10));

        assertThat(delivered()).isEmpty();
        assertThat(trigger.states()).containsExactly("", "");
    }

    @Test
    void anotherIntervalKeepsTheState() {
        apply("{name: p, type: scripted, every: 1h}");
        begin();
        apply(POLL);
        polls.tick();
        pass(Duration.ofMinutes(1));
        assertThat(trigger.states()).containsExactly("", "seen");
    }

    @Test
    void aPipelineThatIsDeletedLeavesNothing() {
        apply(POLL);
        begin();
        resources.delete("Pipeline", "default", "web", ApplyOptions.DEFAULT);
        assertThat(later(Duration.ofMinutes(1))).isZero();
        assertThat(polls.list()).isEmpty();
        apply(POLL);
        begin();
        assertThat(trigger.states()).containsExactly("", "");
    }
}
