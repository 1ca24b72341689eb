package dev.millwright.engine.progress;

import org.junit.jupiter.api.Test;

final class TimeoutTest {
    @Test
    void aLeafThatRunsTooLongIsStopped() {
        Scenario.of("seq root\n  run a timeout=5m\n  run b\n  teardown run t")
                .play("start")
                .needsNoWake()
                .play("pass 1m\ntake a")
                .wakesAfter("6m")
                .play("pass 4m => none\npass 1m => stop a timeout")
                .needsNoWake()
                .shows(
                        """
                        root running
                          a cancelling timeout
                          b pending
                          t pending
                        """)
                .play(
                        "pass 1h => none\nend a failure exit => start t\nend t success => finish timeout")
                .shows(
                        """
                        root timeout step
                          a timeout timeout
                          b skip earlier-failure
                          t success
                        """);
    }

    @Test
    void anEndInTheMomentOfTheDeadlineIsInTime() {
        Scenario.of("run a timeout=5m")
                .play("start\ntake a\npass 5m & end a success => finish success");
    }

    @Test
    void successThatRacedWithTheStopIsSuccess() {
        Scenario.of("run a timeout=5m")
                .play("start\ntake a\npass 5m => stop a timeout\nend a success => finish success");
    }

    @Test
    void theNodeMayReportTheTimeoutFirst() {
        Scenario.of("run a timeout=5m")
                .play("start\ntake a\nend a timeout timeout => finish timeout");
    }

    @Test
    void aGroupThatRunsTooLongStopsItsBodyAndRunsItsTeardown() {
        Scenario.of(
                        """
                        seq root
                          par p timeout=10m
                            run a
                            run b
                            seq s timeout=1h
                              run s1
                              run s2
                              teardown run ts
                            teardown run tp
                          run after
                        """)
                .play("start\ntake a & take b & take s1\nend a success")
                .wakesAfter("10m")
                .play(
                        """
                        pass 10m => stop b timeout, stop s1 timeout
                        end b failure => none
                        end s1 failure => start ts
                        end ts success => start tp
                        pass 2h => none
                        end tp success => finish timeout
                        """)
                .shows(
                        """
                        root timeout step
                          p timeout timeout
                            a success
                            b timeout outer-timeout
                            s timeout outer-timeout
                              s1 timeout outer-timeout
                              s2 skip outer-timeout
                              ts success
                            tp success
                          after skip earlier-failure
                        """);
    }

    @Test
    void anErrorIsWorseThanTheTimeoutOfTheGroup() {
        Scenario.of("par p timeout=1m\n  run a\n  run b")
                .play("start\nend a error\ntake b\npass 1m\nend b failure => finish error")
                .shows("p error step\n  a error\n  b timeout outer-timeout\n");
    }

    @Test
    void setupCountsForTheTimeoutOfTheGroup() {
        Scenario.of("seq p timeout=1m\n  setup run s\n  run a\n  teardown run t")
                .play("start\ntake s\npass 1m => stop s timeout\nend s failure => start t");
    }

    @Test
    void teardownDoesNotCountForTheTimeoutOfTheGroup() {
        Scenario.of("seq p timeout=1m\n  run a\n  teardown run t timeout=5m")
                .play("start\nend a success => start t")
                .needsNoWake()
                .play("take t")
                .wakesAfter("5m")
                .play("pass 5m => stop t timeout\nend t failure => finish timeout");
    }

    @Test
    void aTeardownGroupIsBoundByItsOwnTimeoutAfterACancel() {
        Scenario.of("seq p\n  run a\n  teardown seq t timeout=5m\n    run t1\n    run t2")
                .play("start\ntake a\ncancel\nend a failure => start t1\ntake t1")
                .wakesAfter("5m")
                .play("pass 5m => stop t1 timeout\nend t1 failure => finish timeout");
    }

    @Test
    void noRetryAfterTheTimeoutOfAnEnclosingGroup() {
        Scenario.of("seq p timeout=1m\n  run a retry=3\n  run b")
                .play("start\ntake a\npass 1m\nend a failure => finish timeout");
    }

    @Test
    void aStopFromOutsideOverridesTheTimeoutOfTheStep() {
        Scenario.of("seq p\n  run a timeout=1m retry=3")
                .play("start\ntake a\npass 1m => stop a timeout\ncancel => none")
                .shows("p cancelling cancelled\n  a cancelling cancelled\n")
                .play("end a failure => finish timeout");
    }

    @Test
    void aLongerInnerTimeoutDoesNotDelayTheOuterOne() {
        Scenario.of("seq p timeout=1m\n  run a timeout=5m")
                .play("start\ntake a")
                .wakesAfter("1m")
                .play("pass 9m => stop a timeout\nend a failure => finish timeout")
                .shows("p timeout timeout\n  a timeout outer-timeout\n");
    }
}
