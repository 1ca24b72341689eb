package dev.millwright.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.Pipelines;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.StepPath;
import org.junit.jupiter.api.Test;

class SecretReferencesTest {
    private static final Plan PLAN =
            Pipelines.plan(
                    """
                    inputs: {word: {default: "${secret:nexus/injected}"}}
                    env: {A: {from_secret: nexus/a}, B: {from_secret: nexus/b}}
                    steps:
                      - environment: {B: plain, C: "${inputs.word}"}
                        runner: asking
                        commands: ["${secret:nexus/script}"]
                        with:
                          token: {from_secret: nexus/ci#token}
                          all: [{password: "${secret:nexus/list}"}]
                          word: "${inputs.word}"
                      - commands: ["true"]
                      - image: web
                        services:
                          - {name: db, image: pg, environment: {WORD: {from_secret: nexus/db}}}
                    """);

    @Test
    void whatAStepAsksForStandsInItsEnvironmentAndInWhatItSaysToItsRunner() {
        assertThat(SecretReferences.of(PLAN, PLAN.step(new StepPath("0/0"))))
                .containsExactlyInAnyOrder(
                        "${secret:nexus/a}", "${secret:nexus/ci#token}", "${secret:nexus/list}");
        assertThat(SecretReferences.of(PLAN, PLAN.step(new StepPath("0/1"))))
                .containsExactlyInAnyOrder("${secret:nexus/a}", "${secret:nexus/b}");
        assertThat(SecretReferences.of(PLAN, PLAN.step(new StepPath("0/2"))))
                .as("its services count")
                .containsExactlyInAnyOrder(
                        "${secret:nexus/a}", "${secret:nexus/b}", "${secret:nexus/db}");
    }
}
