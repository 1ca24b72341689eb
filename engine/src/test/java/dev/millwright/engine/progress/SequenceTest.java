package dev.millwright.engine.progress;

import dev.millwright.model.run.Outcome;
import org.junit.jupiter.api.Test;

final class SequenceTest {
    @Test
    void stepsRunOneAfterTheOther() {
        Scenario.of(
                        """
                        seq root
                          run a
                          run b
                        """)
                .play(
                        """
                        start => start a
                        take a => none
                        end a success => start b
                        take b
                        end b success => finish success
                        """)
                .shows(
                        """
                        root success
                          a success
                          b success
                        """)
                .endsWith(Outcome.SUCCESS);
    }

    @Test
    void theFirstBadStepSkipsTheRestWithAllThatIsInside() {
        Scenario.of(
                        """
                        seq root
                          run a
                          par p
                            run b
                            setup run c
                        """)
                .play("start\nend a failure exit => finish failure")
                .shows(
                        """
                        root failure step
                          a failure exit
                          p skip earlier-failure
                            b skip earlier-failure
                            c skip earlier-failure
                        """)
                .says("b", "The earlier step 'a' went bad.")
                .says("root", "Step 'a' ended with failure.");
    }

    @Test
    void anAllowedFailureIsNoneForTheGroup() {
        Scenario.of(
                        """
                        seq root
                          run a allow
                          run b
                        """)
                .play("start\nend a failure exit => start b\nend b success")
                .shows(
                        """
                        root success
                          a failure exit
                          b success
                        """);
    }

    @Test
    void anAllowedFailureOfTheRootIsASuccessfulRun() {
        Scenario.of("seq root allow\n  run a")
                .play("start\nend a failure exit => finish success")
                .shows("root failure step\n  a failure exit\n")
                .endsWith(Outcome.SUCCESS);
    }

    @Test
    void aRunMayBeASingleLeaf() {
        Scenario.of("run a").play("start => start a\nend a error => finish error");
    }

    @Test
    void anEmptyGroupSucceeds() {
        Scenario.of("seq root\n  par p").play("start => finish success");
    }

    @Test
    void aGroupWhoseStepsAreAllSkippedIsSkipped() {
        Scenario.of(
                        """
                        seq root
                          run a when=no
                          par p
                            run b when=no
                        """)
                .play("start => finish skip")
                .shows(
                        """
                        root skip
                          a skip condition
                          p skip
                            b skip condition
                        """);
    }

    @Test
    void conditionsAreTestedWhenTheStepIsAboutToStart() {
        Scenario.of(
                        """
                        seq root
                          run a allow
                          run b when=a:failure
                          run c when=a:success
                          run d when=c:skip
                        """)
                .play("start\nend a failure => start b\nend b success => start d")
                .shows(
                        """
                        root running
                          a failure
                          b success
                          c skip condition
                          d queued
                        """);
    }

    @Test
    void aBrokenConditionIsAnErrorAndIsNotTriedAgain() {
        Scenario.of(
                        """
                        seq root retry=3
                          seq inner retry=3 when=broken
                            run a
                          run b
                        """)
                .play("start => finish error")
                .shows(
                        """
                        root error condition
                          inner error condition
                            a skip condition
                          b skip earlier-failure
                        """);
    }

    @Test
    void theWorstOutcomeIsThatOfTheGroup() {
        Scenario.of(
                        """
                        par root
                          run a
                          run b
                          run c
                        """)
                .play("start\nend a failure & end b timeout timeout & end c success")
                .endsWith(Outcome.TIMEOUT);
    }
}
