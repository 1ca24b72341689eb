package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.RunPhase;
import dev.millwright.model.run.RunState;
import dev.millwright.model.run.StepPhase;
import dev.millwright.model.run.StepState;
import dev.millwright.server.web.view.RunViews;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WaitingTagTest {
    private static String tag(String... messages) {
        return RunViews.waitingTag(
                new RunState(
                        RunPhase.RUNNING,
                        Outcome.FAILURE,
                        List.of(messages).stream().map(WaitingTagTest::waiting).toList()));
    }

    private static StepState waiting(String message) {
        return new StepState(
                StepPhase.QUEUED,
                null,
                1,
                null,
                null,
                null,
                StepState.NODE,
                message,
                null,
                Map.of(),
                false);
    }

    /// Two servers, and one before and after its restart, have to say the same.
    @Test
    void isTheSameInEveryProgram() {
        assertThat(tag("node 'a': it is draining and takes nothing new"))
                .isEqualTo("f6624c1e461d01d0");
    }

    @Test
    void differsWhenAStepWaitsForSomethingElse() {
        assertThat(tag("x", "y")).isNotEqualTo(tag("x", "z")).isNotEqualTo(tag("y", "x"));
        assertThat(tag("x", "y")).isEqualTo(tag("x", "y"));
    }
}
