package dev.millwright.engine.progress;

import org.junit.jupiter.api.Test;

final class SetupAndTeardownTest {
    @Test
    void rolesRunInOrderWhereverTheyStand() {
        Scenario.of(
                        """
                        par root
                          teardown run t1
                          teardown run t2
                          ensure run e
                          run b
                          setup run s1
                          setup run s2
                        """)
                .play(
                        """
                        start => start s1
                        end s1 success => start s2
                        end s2 success => start b
                        end b success => start e
                        end e success => start t1
                        end t1 success => start t2
                        end t2 success => finish success
                        """);
    }

    @Test
    void aBadSetupSkipsTheOtherSetupAndTheBodyButNotTheTeardown() {
        Scenario.of(
                        """
                        seq root
                          setup run s1
                          setup run s2
                          run b
                          ensure run e
                          teardown run t
                        """)
                .play(
                        """
                        start => start s1
                        end s1 failure => start e
                        end e success => start t
                        end t success => finish failure
                        """)
                .shows(
                        """
                        root failure step
                          s1 failure
                          s2 skip setup
                          b skip setup
                          e success
                          t success
                        """);
    }

    @Test
    void anAllowedBadSetupDoesNotSkipTheBody() {
        Scenario.of("seq root\n  setup run s allow\n  run b")
                .play("start\nend s failure => start b");
    }

    @Test
    void everyTeardownRunsAlthoughAnEarlierOneWentBad() {
        Scenario.of(
                        """
                        seq root
                          run b
                          ensure run e
                          teardown run t1
                          teardown run t2
                        """)
                .play(
                        """
                        start
                        end b success => start e
                        end e failure => start t1
                        end t1 error => start t2
                        end t2 success => finish error
                        """);
    }

    @Test
    void aGroupThatNeverBeganHasNoTeardown() {
        Scenario.of(
                        """
                        seq root
                          run a
                          seq s
                            run b
                            teardown run t
                        """)
                .play("start\nend a failure => finish failure")
                .shows(
                        """
                        root failure step
                          a failure
                          s skip earlier-failure
                            b skip earlier-failure
                            t skip earlier-failure
                        """);
    }

    @Test
    void teardownMayBeAGroupAndMayHaveACondition() {
        Scenario.of(
                        """
                        seq root
                          run b
                          ensure run report when=b:failure
                          teardown par t
                            run t1
                            run t2
                        """)
                .play("start\nend b success => start t1, start t2\nend t1 success & end t2 success")
                .shows(
                        """
                        root success
                          b success
                          report skip condition
                          t success
                            t1 success
                            t2 success
                        """);
    }

    @Test
    void ensureSeesWhatBecameOfTheBody() {
        Scenario.of("seq root\n  run b\n  ensure run report when=b:failure")
                .play("start\nend b failure => start report");
    }
}
