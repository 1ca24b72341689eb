package dev.millwright.engine.progress;

import org.junit.jupiter.api.Test;

final class ParallelTest {
    @Test
    void allChildrenAreAttemptedAlthoughOneGoesBad() {
        Scenario.of(
                        """
                        par root
                          run a
                          run b
                        """)
                .play(
                        """
                        start => start a, start b
                        take a & take b
                        end a failure => none
                        end b success => finish failure
                        """);
    }

    @Test
    void noMoreThanMaxInFlightAreUnderWay() {
        Scenario.of(
                        """
                        matrix root max=2
                          run a
                          seq b
                            run b1
                            run b2
                          run c
                          run d
                        """)
                .play(
                        """
                        start => start a, start b1
                        end b1 success => start b2
                        end a success => start c
                        end b2 success => start d
                        """);
    }

    @Test
    void skippedChildrenTakeNoPlace() {
        Scenario.of(
                        """
                        par root max=1
                          run a when=no
                          seq b
                            run b1 when=no
                          run c
                        """)
                .play("start => start c");
    }

    @Test
    void failFastStopsSiblingsAndSkipsWhatHasNotBegun() {
        Scenario.of(
                        """
                        par root max=4 fail-fast
                          run a
                          run b
                          run queued
                          seq s
                            run s1
                            run s2
                            teardown run t
                          run late
                        """)
                .play(
                        """
                        start
                        take a & take b & take s1
                        end a failure => stop b fail_fast, stop s1 fail_fast
                        end b failure => none
                        end s1 failure => start t
                        end t success => finish failure
                        """)
                .shows(
                        """
                        root failure step
                          a failure
                          b cancellation fail-fast
                          queued cancellation fail-fast
                          s cancellation fail-fast
                            s1 cancellation fail-fast
                            s2 skip fail-fast
                            t success
                          late skip fail-fast
                        """)
                .says("b", "Its sibling 'a' went bad.");
    }

    @Test
    void failFastEndsRetriesOfSiblings() {
        Scenario.of(
                        """
                        par root fail-fast
                          run a
                          run b retry=3 delay=1m
                          run c retry=3
                        """)
                .play(
                        """
                        start
                        take c
                        end b failure => none
                        end a failure => stop c fail_fast
                        end c failure => finish failure
                        """)
                .shows(
                        """
                        root failure step
                          a failure
                          b cancellation fail-fast
                          c cancellation fail-fast
                        """)
                .needsNoWake();
    }

    @Test
    void anAllowedFailureDoesNotStopSiblings() {
        Scenario.of("par root fail-fast\n  run a allow\n  run b")
                .play("start\ntake a & take b\nend a failure => none");
    }

    @Test
    void aBrokenConditionStopsTheRestOfAFailFastGroup() {
        Scenario.of("par root fail-fast\n  run a\n  run b when=broken\n  run c")
                .play("start => finish error")
                .shows(
                        """
                        root error condition
                          a cancellation fail-fast
                          b error condition
                          c skip fail-fast
                        """);
    }

    @Test
    void groupsNestInGroups() {
        Scenario.of(
                        """
                        par root
                          par p max=1
                            run p1
                            run p2
                          seq s
                            par q
                              run q1
                              run q2
                            run s1
                        """)
                .play(
                        """
                        start => start p1, start q1, start q2
                        end p1 failure => start p2
                        end q1 success => none
                        end q2 success => start s1
                        end p2 success => none
                        end s1 success => finish failure
                        """)
                .shows(
                        """
                        root failure step
                          p failure step
                            p1 failure
                            p2 success
                          s success
                            q success
                              q1 success
                              q2 success
                            s1 success
                        """);
    }
}
