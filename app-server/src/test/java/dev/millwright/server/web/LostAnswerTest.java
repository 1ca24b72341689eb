package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millwright.api.run.Status;
import dev.millwright.model.plan.StepPath;
import dev.millwright.node.Assignment;
import dev.millwright.server.run.LostAnswer;
import dev.millwright.server.store.StoreException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The database commits that a step has ended, and the server hears that it did not. What was
/// decided about the next step is found by the sweep.
class LostAnswerTest extends FarNodeFixture {
    private static final StepPath SECOND = StepPath.parse("0/1");

    @Override
    void prepare() {
        String first = "steps:\n  - {name: first, needs: {zone: far}, commands: [make]}\n";
        server.pipeline(
                "work", first + "  - {name: second, needs: {zone: far}, commands: [make check]}");
        server.pipeline("ask", first + "  - {name: second, approve: {timeout: 1s}}");
    }

    private void loseTheEndOf(Assignment step) {
        assertThatThrownBy(() -> LostAnswer.success(server.system, step))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("was lost");
    }

    private void sweepUntilTheSecondIsHandedOver(Taken first) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> {
                    server.sweep();
                    return first.line().started.size() == 2;
                });
        Assignment second = taken(first.line());
        assertThat(second.path()).isEqualTo(SECOND);
        complete(second);
    }

    @Test
    void theNextStepIsHandedOver() {
        Taken first = take("work");

        loseTheEndOf(first.step());

        assertThat(first.line().started).hasSize(1);
        // As nobody answered, the node tells it again; that changes nothing any more
        end(first.step());
        sweepUntilTheSecondIsHandedOver(first);
    }

    @Test
    void theNextStepFindsASlotLater() {
        Taken first = take("work");
        var _ = server.client.drain("far");

        loseTheEndOf(first.step());

        var _ = server.client.resume("far");
        sweepUntilTheSecondIsHandedOver(first);
    }

    @Test
    void theTimeOfTheNextStepRunsOut() {
        Taken first = take("ask");

        loseTheEndOf(first.step());

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> {
                    server.sweep();
                    assertThat(server.step(first.run(), SECOND).status()).isEqualTo(Status.TIMEOUT);
                });
    }
}
