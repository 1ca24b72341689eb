package dev.millwright.engine.progress;

import org.junit.jupiter.api.Test;

final class ApprovalTest {
    @Test
    void anApprovalBlocksUntilSomebodySaysYes() {
        Scenario.of("seq root\n  approve ok groups=ops,dev\n  run a")
                .play("start => ask ok")
                .shows("root running\n  ok blocked approval\n  a pending\n")
                .says("ok", "Waits for the approval of ops or dev: Go on?")
                .play("approve ok => start a\nreject ok => none")
                .says("ok", "Approved by ada.");
    }

    @Test
    void aNoIsAFailure() {
        Scenario.of("seq root\n  approve ok\n  run a")
                .play("start\nreject ok => finish failure")
                .shows("root failure step\n  ok failure rejected\n  a skip earlier-failure\n");
    }

    @Test
    void anApprovalRunsOutOfTime() {
        Scenario.of("approve ok timeout=24h retry=2")
                .play("start")
                .wakesAfter("24h")
                .play("pass 24h => finish timeout\napprove ok => none")
                .shows("ok timeout timeout\n");
    }

    @Test
    void aGroupThatIsTriedAgainAsksAgain() {
        Scenario.of("seq g retry=2\n  approve ok\n  run a")
                .play("start => ask ok\napprove ok\nend a failure => ask ok");
    }

    @Test
    void aWaitLetsTimePass() {
        Scenario.of("seq root\n  wait w time=5m\n  run a")
                .play("start => none")
                .shows("root running\n  w blocked wait\n  a pending\n")
                .wakesAfter("5m")
                .play("approve w => none\npass 5m => start a");
    }

    @Test
    void aWaitOfNoTimeIsOverAtOnce() {
        Scenario.of("seq root\n  wait w\n  run a").play("start => start a");
    }

    @Test
    void aWaitMayRunOutOfItsTimeout() {
        Scenario.of("wait w time=5m timeout=1m")
                .play("start")
                .wakesAfter("1m")
                .play("pass 1m => finish timeout");
    }

    @Test
    void anEnclosingTimeoutEndsApprovalsAndWaits() {
        Scenario.of("par root timeout=1m\n  approve ok\n  wait w time=5m")
                .play("start\npass 1m => finish timeout")
                .shows(
                        "root timeout timeout\n  ok timeout outer-timeout\n  w timeout outer-timeout\n");
    }
}
