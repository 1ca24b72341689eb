package dev.millwright.engine.progress;

import org.junit.jupiter.api.Test;

final class RetryTest {
    @Test
    void aBadLeafIsTriedAgainAfterTheDelay() {
        Scenario.of("seq root\n  run a retry=3 delay=10s\n  run b")
                .play("start\ntake a\nend a failure exit => none")
                .shows("root running\n  a delayed retry\n  b pending\n")
                .wakesAfter("10s")
                .says("a", "Try 1 of 3 ended with failure.")
                .play(
                        """
                        pass 10s => start a#2
                        take a
                        end a error => none
                        pass 10s => start a#3
                        end a success => start b
                        """)
                .shows("root running\n  a success #3\n  b queued\n");
    }

    @Test
    void withoutDelayTheNextTryComesAtOnce() {
        Scenario.of("run a retry=2")
                .play("start\nend a failure => start a#2\nend a failure => finish failure");
    }

    @Test
    void onlyTheNamedEndsAreWorthAnotherTry() {
        Scenario.of("par root\n  run a retry=2 on=error\n  run b retry=2 on=error")
                .play("start\nend a failure => none\nend b error => start b#2");
    }

    @Test
    void aTimeoutOfTheStepItselfIsWorthAnotherTry() {
        Scenario.of("run a retry=2 timeout=1m")
                .play(
                        """
                        start
                        take a
                        pass 1m => stop a timeout
                        end a failure => start a#2
                        take a
                        """)
                .wakesAfter("2m");
    }

    @Test
    void cancelEndsTheDelay() {
        Scenario.of("run a retry=2 delay=10s")
                .play("start\nend a failure\ncancel => finish cancellation")
                .needsNoWake();
    }

    @Test
    void aGroupIsTriedAgainAsAWhole() {
        Scenario.of(
                        """
                        seq root
                          seq g retry=2 delay=1m
                            setup run s
                            run a
                            run b
                            teardown run t
                          run after
                        """)
                .play(
                        """
                        start
                        end s success
                        end a success
                        end b failure => start t
                        end t success => none
                        """)
                .shows(
                        """
                        root running
                          g delayed retry
                            s pending
                            a pending
                            b pending
                            t pending
                          after pending
                        """)
                .wakesAfter("1m")
                .play(
                        """
                        pass 1m => start s#2
                        end s success => start a#2
                        end a success => start b#2
                        end b success => start t#2
                        end t success => start after
                        """)
                .shows(
                        """
                        root running
                          g success #2
                            s success #2
                            a success #2
                            b success #2
                            t success #2
                          after queued
                        """);
    }

    @Test
    void retriesOfLeavesCountAnewInEachTryOfTheirGroup() {
        Scenario.of("seq g retry=2\n  run a retry=2\n  run b retry=3")
                .play(
                        """
                        start => start a
                        end a success => start b
                        end b failure => start b#2
                        end b failure => start b#3
                        end b failure => start a#3
                        end a failure => start a#4
                        end a success => start b#4
                        end b failure => start b#5
                        end b failure => start b#6
                        end b failure => finish failure
                        """);
    }

    @Test
    void groupsInGroupsAreTriedAgainEachByItsOwnPolicy() {
        Scenario.of("seq g retry=2\n  seq h retry=2\n    run a")
                .play(
                        """
                        start => start a
                        end a failure => start a#2
                        end a failure => start a#3
                        end a failure => start a#4
                        end a failure => finish failure
                        """);
    }

    @Test
    void aGroupThatRanOutOfTimeIsTriedAgain() {
        Scenario.of("seq g retry=2 timeout=1m on=timeout\n  run a\n  run b")
                .play(
                        """
                        start
                        take a
                        pass 1m => stop a timeout
                        end a failure => start a#2
                        """)
                .wakesAfter("2m");
    }

    @Test
    void anAllowedFailureIsTriedAgainBeforeItIsAllowed() {
        Scenario.of("seq g\n  run a retry=2 allow\n  run b")
                .play("start\nend a failure => start a#2\nend a failure => start b");
    }

    @Test
    void aReportedCancellationIsNotTriedAgain() {
        Scenario.of("run a retry=2")
                .play("start\ntake a\nend a cancellation => finish cancellation");
    }
}
