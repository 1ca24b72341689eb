package dev.millwright.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.Pipelines;
import dev.millwright.engine.progress.Conditions.Verdict;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.RunPhase;
import dev.millwright.model.run.RunState;
import dev.millwright.model.run.StepPhase;
import dev.millwright.model.run.StepState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CelConditionsTest {
    private static Verdict verdict(String when) {
        String text =
                """
                inputs: {dry: {type: boolean, default: false}, count: {type: number, default: 3}, word: hello}
                environment: {LEVEL: "${inputs.word}-1"}
                steps:
                  - {name: build, commands: a}
                  - name: asks
                    matrix: {jdk: [21]}
                    commands: b
                    when: %s
                """
                        .formatted(when);
        Plan plan = Pipelines.plan(text);
        List<StepState> steps = new ArrayList<>(RunState.initial(plan.size()).steps());
        steps.set(
                1,
                new StepState(
                        StepPhase.FINISHED,
                        Outcome.FAILURE,
                        1,
                        null,
                        null,
                        null,
                        "exit",
                        "",
                        1,
                        Map.of("version", "1.2"),
                        false));
        Step step = plan.step(new StepPath("0/1/0"));
        return CelConditions.create().test(plan, step, new RunState(RunPhase.RUNNING, null, steps));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    inputs.count > 2 && !inputs.dry        | true
                    inputs.word.startsWith('hel')          | true
                    matrix.jdk == '21' && int(matrix.jdk) >= 21 | true
                    steps.build.outcome == 'failure'       | true
                    steps.build.outputs.version == '1.2'   | true
                    !has(steps.deploy) && event == 'manual' | true
                    env.LEVEL == 'hello-1'                 | true
                    changed.exists(f, f.endsWith('.java')) | false
                    branch == 'main'                       | false
                    tag != ''                              | false
                    """)
    void evaluatesWhenTheStepIsAboutToStart(String expression, boolean holds) {
        Verdict verdict = verdict("{expression: \"" + expression + "\"}");
        assertThat(verdict instanceof Verdict.Holds).as("%s", verdict).isEqualTo(holds);
        assertThat(verdict).isNotInstanceOf(Verdict.Broken.class);
    }

    @Test
    void saysWhyItDoesNotHold() {
        assertThat(verdict("[{event: push}, {branch: main}, {expression: inputs.dry}]"))
                .isEqualTo(
                        new Verdict.Fails(
                                "the event is 'manual', not push; the branch is '', not main;"
                                        + " 'inputs.dry' is false"));
    }

    @Test
    void isBrokenWhenItCannotTell() {
        assertThat(verdict("{expression: steps.asks.outcome == 'success'}"))
                .as("a step that has not ended")
                .isInstanceOf(Verdict.Broken.class);
        assertThat(verdict("{expression: inputs.count}"))
                .isEqualTo(new Verdict.Broken("'inputs.count' is neither true nor false"));
    }
}
