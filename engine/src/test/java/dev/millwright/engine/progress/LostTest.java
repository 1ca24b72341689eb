package dev.millwright.engine.progress;

import dev.millwright.model.run.Outcome;
import org.junit.jupiter.api.Test;

final class LostTest {
    @Test
    void aLostAttemptIsAnErrorAndNotRunAgain() {
        Scenario.of("seq root\n  run a retry=3")
                .play("start\ntake a\nlose a => finish error")
                .shows("root error lost\n  a error lost\n")
                .says("a", "The node is gone.");
    }

    @Test
    void onLostRetryRunsItAgainWithoutUsingUpATry() {
        Scenario.of("run a lost=retry retry=2 on=failure")
                .play(
                        """
                        start
                        take a
                        lose a => start a#3
                        take a
                        end a failure => start a#4
                        end a failure => finish failure
                        """);
    }

    @Test
    void aRetryPolicyMayNameLostAttempts() {
        Scenario.of("run a retry=2 on=lost")
                .play("start\ntake a\nlose a => start a#2\ntake a\nlose a => finish error");
    }

    @Test
    void aRetryOfTheGroupDoesNotRunALostLeafAgain() {
        Scenario.of("seq g retry=2\n  run a\n  run b")
                .play("start\ntake a\nlose a => finish error");
    }

    @Test
    void notEvenWhenTheLostLeafWasAllowedToFail() {
        Scenario.of("seq g retry=2\n  run a allow\n  run b")
                .play("start\ntake a\nlose a => start b\nend b failure => finish failure");
    }

    @Test
    void unlessThePolicyOfTheGroupNamesIt() {
        Scenario.of("seq g retry=2 on=lost\n  seq h\n    run a")
                .play("start\ntake a\nlose a => start a#2");
    }

    @Test
    void anAttemptThatNeverBeganIsStartedAgainUnderANewNumber() {
        Scenario.of("run a retry=3")
                .play(
                        """
                        start
                        take a
                        never a#1 => start a#4
                        take a#1 & end a#1 failure & never a#1 => none
                        take a#4
                        end a failure => start a#5
                        """)
                .says("a", "Try 1 of 3 ended with failure.");
    }

    @Test
    void anAttemptThatIsQueuedNeedsNoNewStart() {
        Scenario.of("run a").play("start\nnever a => none");
    }

    @Test
    void aLeafThatIsLostOverAndOverIsGivenUp() {
        Scenario scenario = Scenario.of("run a lost=retry").play("start");
        for (int i = 1; i < Tries.MOST_BLOCKS; i++) {
            scenario.play("lose a => start a#" + (i + 1));
        }
        scenario.play("lose a => finish error").endsWith(Outcome.ERROR);
    }

    @Test
    void aLeafThatNeverBeginsIsGivenUp() {
        Scenario scenario = Scenario.of("run a").play("start");
        for (int i = 1; i < Tries.MOST_BLOCKS; i++) {
            scenario.play("take a\nnever a => start a#" + (i + 1));
        }
        scenario.play("take a\nnever a => finish error").shows("a error not-started #100\n");
    }
}
