package dev.millwright.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.engine.Pipelines;
import dev.millwright.engine.expression.ReferenceException;
import dev.millwright.model.NodeName;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.RunPhase;
import dev.millwright.model.run.RunState;
import dev.millwright.model.run.StepPhase;
import dev.millwright.model.run.StepState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepEnvironmentTest {
    private static final Plan PLAN = Pipelines.plan(Pipelines.resource("everything.yaml"));
    private static final RunFacts FACTS =
            new RunFacts(
                    RunId.parse("0199c0de-1c2f-7a3b-8000-9a4d1c0ffee0"),
                    17,
                    1,
                    5,
                    Instant.EPOCH,
                    Instant.EPOCH,
                    "http://localhost:8080",
                    "a".repeat(32),
                    "b".repeat(16),
                    null,
                    NodeName.LOCAL);

    private static Map<String, String> of(String path, RunState state) {
        return StepEnvironment.of(PLAN, state, (Step.Run) PLAN.step(new StepPath(path)), FACTS);
    }

    @Test
    void tellsAboutTheRunTheInputsAndTheMatrix() {
        assertThat(of("0/2/2/0/1", RunState.initial(PLAN.size())))
                .containsEntry("CI", "true")
                .containsEntry("CI_PIPELINE_NUMBER", "17")
                .containsEntry("MILLWRIGHT_INPUT_TARGET", "staging")
                .containsEntry("MATRIX_JDK", "21")
                .containsEntry("GREETING", "to staging")
                .containsEntry(
                        "TRACEPARENT", "00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01");
    }

    @Test
    void handsOutputsOfEarlierStepsOn() {
        List<StepState> steps = new ArrayList<>(RunState.initial(PLAN.size()).steps());
        steps.set(
                PLAN.indexOf(new StepPath("0/1")),
                new StepState(
                        StepPhase.FINISHED,
                        Outcome.SUCCESS,
                        1,
                        null,
                        null,
                        null,
                        "",
                        "",
                        0,
                        Map.of("version", "1.2"),
                        false));
        assertThat(of("0/7", new RunState(RunPhase.RUNNING, null, steps)))
                .containsEntry("V", "1.2");
    }

    @Test
    void saysWhichOutputIsMissing() {
        RunState nothing = RunState.initial(PLAN.size());
        assertThatThrownBy(() -> of("0/7", nothing))
                .isInstanceOf(ReferenceException.class)
                .hasMessage(
                        "${steps.build.outputs.version}: step 'build' (0/1) has published nothing");
    }
}
