package dev.millwright.engine.progress;

import org.junit.jupiter.api.Test;

final class SignalsTest {
    @Test
    void signalsOfOldAttemptsChangeNothing() {
        Scenario.of("par root\n  run a retry=2\n  run b")
                .play("start\ntake a\nend a failure => start a#2")
                .play(
                        """
                        take a#1 => none
                        end a#1 success => none
                        lose a#1 => none
                        never a#1 => none
                        no-node a#1 => none
                        end a#3 success => none
                        """)
                .shows("root running\n  a queued #2\n  b queued\n");
    }

    @Test
    void signalsOfFinishedStepsChangeNothing() {
        Scenario.of("par root\n  run a\n  run b")
                .play("start\ntake a\nend a failure")
                .play("end a success => none\ntake a => none\nlose a => none\nnever a => none")
                .shows("root running\n  a failure\n  b queued\n");
    }

    @Test
    void repeatedSignalsDuringADelayChangeNothing() {
        Scenario.of("run a retry=2 delay=1m")
                .play("start\ntake a\nend a failure\nend a failure => none\nlose a => none")
                .wakesAfter("1m");
    }

    @Test
    void aFinishedRunStaysAsItIs() {
        Scenario.of("run a")
                .play("start\nend a success")
                .play("cancel => none\nadmit => none\npass 1h => none\nend a failure => none")
                .shows("a success\n");
    }

    @Test
    void whyALeafWaitsIsKeptUntilANodeTakesIt() {
        Scenario.of("run a")
                .play("start\nno-node a => none\nno-node a => none")
                .shows("a queued no-node\n")
                .says("a", "No node is free.")
                .play("take a => none\nno-node a => none")
                .shows("a running\n");
    }

    @Test
    void aLeafMayEndBeforeANodeTookIt() {
        Scenario.of("run a")
                .play("start\nend a error secret => finish error")
                .shows("a error secret\n");
    }

    @Test
    void signalsForGroupsChangeNothing() {
        Scenario.of("seq root\n  run a")
                .play("start\nend root#1 failure => none\napprove root => none\napprove a => none");
    }

    @Test
    void severalSignalsOfOneCallApplyInTheirOrder() {
        Scenario.of("seq root\n  run a\n  run b")
                .play(
                        "start\ntake a & end a success => start b\nend b success & end b failure => finish success");
    }

    @Test
    void aStoredStateTellsWhatIsStillToBeDone() {
        Scenario.of("par root\n  run a\n  run b\n  approve ok\n  run c timeout=1m\n  run d")
                .play("start\ntake b & take c\nend d success\npass 1m")
                .asksFor("stop c timeout, start a, ask ok");
    }

    @Test
    void aBlockedRunHasNothingToBeDoneAndAFinishedOneItsEnd() {
        Scenario.of("run a").blocked().asksFor("none");
        Scenario.of("run a").play("start\nend a success").asksFor("finish success");
    }
}
