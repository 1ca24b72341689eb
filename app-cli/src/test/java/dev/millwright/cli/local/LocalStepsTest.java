package dev.millwright.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.Parameters;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepOptions;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.RunPhase;
import dev.millwright.model.run.RunState;
import dev.millwright.model.run.StepPhase;
import dev.millwright.model.run.StepState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LocalStepsTest {
    private static final Instant FIRST_TRY = Instant.parse("2027-01-01T00:00:00Z");
    private static final Instant SECOND_TRY = FIRST_TRY.plusSeconds(60);
    private static final Instant END = SECOND_TRY.plusSeconds(5);

    private static final Plan PLAN =
            Plan.of(
                    new Plan.Head(
                            "default", "web", "manual", List.of(), Map.of(), Map.of(), null, null,
                            List.of()),
                    new Step.Run(
                            StepPath.ROOT,
                            StepOptions.named("flaky"),
                            "process",
                            Parameters.NONE,
                            List.of()));

    private static @Nullable Long millis(StepPhase phase, @Nullable Instant end) {
        return millis(phase, FIRST_TRY, end);
    }

    private static @Nullable Long millis(
            StepPhase phase, @Nullable Instant begun, @Nullable Instant end) {
        StepState state =
                new StepState(
                        phase,
                        end == null ? null : Outcome.SUCCESS,
                        2,
                        begun,
                        end,
                        null,
                        "",
                        "",
                        null,
                        Map.of(),
                        false);
        return LocalSteps.views(
                        PLAN,
                        new RunState(RunPhase.RUNNING, null, List.of(state)),
                        Map.of(StepPath.ROOT, SECOND_TRY),
                        END)
                .getFirst()
                .durationMillis();
    }

    @Test
    void whatAStepTookIsTheTimeOfItsLastTry() {
        assertThat(millis(StepPhase.FINISHED, END)).isEqualTo(5_000);
        assertThat(millis(StepPhase.RUNNING, null)).isEqualTo(5_000);
    }

    @Test
    void betweenTriesAndBeforeTheFirstThereIsNone() {
        assertThat(millis(StepPhase.DELAYED, null)).isNull();
        assertThat(millis(StepPhase.QUEUED, null)).isNull();
        assertThat(millis(StepPhase.QUEUED, null, null)).isNull();
        // An enclosing group tries again
        assertThat(millis(StepPhase.PENDING, null, null)).isNull();
    }
}
