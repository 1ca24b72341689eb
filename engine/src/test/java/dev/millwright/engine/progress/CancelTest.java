package dev.millwright.engine.progress;

import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.RunPhase;
import org.junit.jupiter.api.Test;

final class CancelTest {
    private static final String TREE =
            """
            seq root
              setup run s
              par p
                run running
                run queued
                seq inner
                  run i1
                  run i2
                  teardown run ti
                approve ask
                wait pause time=1h
                run delayed retry=2 delay=1h
              run later
              ensure run e
              teardown seq t
                run t1
                run t2
            """;
    private static final String UNDER_WAY =
            """
            start
            end s success
            take running & take i1
            end delayed failure
            """;

    @Test
    void cancelStopsWhatRunsSkipsTheRestAndRunsTheTeardown() {
        Scenario.of(TREE)
                .play(UNDER_WAY)
                .play("cancel => stop running cancel, stop i1 cancel")
                .runIs(RunPhase.CANCELLING)
                .needsNoWake()
                .play(
                        """
                        end running failure exit => none
                        end i1 error => start ti
                        end ti success => start e
                        end e success => start t1
                        end t1 success => start t2
                        end t2 success => finish cancellation
                        """)
                .shows(
                        """
                        root cancellation cancelled
                          s success
                          p cancellation cancelled
                            running cancellation cancelled
                            queued cancellation cancelled
                            inner cancellation cancelled
                              i1 cancellation cancelled
                              i2 skip cancelled
                              ti success
                            ask cancellation cancelled
                            pause cancellation cancelled
                            delayed cancellation cancelled
                          later skip cancelled
                          e success
                          t success
                            t1 success
                            t2 success
                        """)
                .says("running", "Cancelled by ada: no longer needed");
    }

    @Test
    void aForcedCancelStopsTheTeardown() {
        Scenario.of(TREE)
                .play(UNDER_WAY)
                .play(
                        """
                        cancel
                        end running failure & end i1 failure => start ti
                        take ti
                        force => stop ti cancel
                        end ti failure => finish cancellation
                        """)
                .shows(
                        """
                        root cancellation cancelled
                          s success
                          p cancellation cancelled
                            running cancellation cancelled
                            queued cancellation cancelled
                            inner cancellation cancelled
                              i1 cancellation cancelled
                              i2 skip cancelled
                              ti cancellation cancelled
                            ask cancellation cancelled
                            pause cancellation cancelled
                            delayed cancellation cancelled
                          later skip cancelled
                          e skip cancelled
                          t skip cancelled
                            t1 skip cancelled
                            t2 skip cancelled
                        """);
    }

    @Test
    void aForcedCancelSparesNothing() {
        Scenario.of("seq root\n  run a\n  teardown run t")
                .play("start\ntake a\ncancel & force => stop a cancel")
                .shows("root cancelling cancelled\n  a cancelling cancelled\n  t skip cancelled\n");
    }

    @Test
    void aRepeatedCancelChangesNothing() {
        Scenario.of("seq root\n  run a\n  teardown run t")
                .play(
                        """
                        start
                        take a
                        cancel => stop a cancel
                        cancel => none
                        end a failure => start t
                        take t
                        cancel & cancel => none
                        end t success => finish cancellation
                        """);
    }

    @Test
    void somethingWorseBeforeTheCancelStays() {
        Scenario.of("par root\n  run a\n  run b")
                .play("start\ntake b\nend a failure\ncancel\nend b success => finish failure")
                .shows("root failure step\n  a failure\n  b success\n");
    }

    @Test
    void successThatRacedWithTheCancelIsSuccessOfTheLeafButNotOfTheRun() {
        Scenario.of("seq root\n  run a")
                .play("start\ntake a\ncancel\nend a success => finish cancellation")
                .shows("root cancellation cancelled\n  a success\n");
    }

    @Test
    void aCancelInTheTeardownLetsItRunAndEndsWithCancellation() {
        Scenario.of("seq root\n  run a\n  teardown run t retry=2")
                .play(
                        """
                        start
                        end a success => start t
                        take t
                        cancel => none
                        end t failure => start t#2
                        end t success => finish cancellation
                        """);
    }

    @Test
    void nothingIsTriedAgainAfterACancel() {
        Scenario.of("seq root retry=2\n  seq s retry=2\n    run a retry=5 lost=retry")
                .play("start\ntake a\ncancel\nend a failure => finish cancellation");
    }

    @Test
    void anUnknownEndAfterACancelIsShownAsSuch() {
        Scenario.of("seq root\n  run a lost=retry")
                .play("start\ntake a\ncancel\nlose a => finish error")
                .shows("root error lost\n  a error lost\n");
    }

    @Test
    void anAttemptThatNeverBeganEndsWithTheCancel() {
        Scenario.of("seq root\n  run a")
                .play("start\ntake a\ncancel\nnever a => finish cancellation");
    }

    @Test
    void aCancelBeforeTheFirstStepSkipsEverything() {
        Scenario.of("seq root\n  run a")
                .play("cancel => finish cancellation")
                .shows("root skip cancelled\n  a skip cancelled\n");
    }

    @Test
    void aCancelledRunIsNotPardoned() {
        Scenario.of("run a allow")
                .play("start\ntake a\ncancel\nend a failure => finish cancellation");
    }

    @Test
    void aBlockedRunDoesNothingUntilItIsAdmitted() {
        Scenario.of("run a")
                .blocked()
                .play("start => none\nadmit => start a\nadmit => none")
                .runIs(RunPhase.RUNNING);
    }

    @Test
    void aBlockedRunThatIsCancelledEndsWithAllSkipped() {
        Scenario.of("seq root\n  run a\n  teardown run t")
                .blocked()
                .play("cancel => finish cancellation")
                .shows("root skip cancelled\n  a skip cancelled\n  t skip cancelled\n")
                .endsWith(Outcome.CANCELLATION);
    }
}
