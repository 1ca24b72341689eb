package dev.millwright.engine.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.model.MillwrightException;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.RunState;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RerunTest {
    private static final String TREE =
            """
            seq root
              setup run s
              run a
              par p
                run p1
                run p2
                seq p3
                  run p31
                  run p32
                teardown run tp
              run skipped when=no
              run b
              teardown run t
            """;
    private static final String FAILED =
            """
            start
            end s success
            end a success
            end p1 success & end p2 failure & end p31 success
            end p32 success
            end tp success
            end t success => finish failure
            """;

    @Test
    void allRunsEverything() {
        Scenario rerun = Scenario.of(TREE).play(FAILED).rerun(RerunMode.ALL);
        assertThat(rerun.state()).isEqualTo(RunState.initial(rerun.plan().size()));
    }

    @Test
    void failedKeepsWhatSucceededAndRunsSetupAndTeardownAgain() {
        Scenario.of(TREE)
                .play(FAILED)
                .rerun(RerunMode.FAILED)
                .shows(
                        """
                        root pending
                          s pending
                          a success carried
                          p pending
                            p1 success carried
                            p2 pending
                            p3 success carried
                              p31 success carried
                              p32 success carried
                            tp pending
                          skipped pending
                          b pending
                          t pending
                        """)
                .play(
                        """
                        start => start s
                        end s success => start p2
                        end p2 success => start tp
                        end tp success => start b
                        end b success => start t
                        end t success => finish success
                        """);
    }

    @Test
    void failedRunsCancelledStepsAgain() {
        Scenario.of("seq root\n  run a\n  run b\n  run c")
                .play("start\nend a success\ntake b\ncancel\nend b failure")
                .rerun(RerunMode.FAILED)
                .play("start => start b\nend b success => start c");
    }

    @Test
    void failedRunsAllowedFailuresAgain() {
        Scenario.of("seq root\n  run a allow\n  run b")
                .play("start\nend a failure\nend b success => finish success")
                .rerun(RerunMode.FAILED)
                .shows("root pending\n  a pending\n  b success carried\n")
                .play("start => start a\nend a success => finish success");
    }

    @Test
    void failedOfARunThatSucceededHasNothingToDo() {
        Scenario.of("seq root\n  run a\n  par p\n    run no when=no\n  teardown run t")
                .play("start\nend a success\nend t success")
                .rerun(RerunMode.FAILED)
                .play("start => finish success");
    }

    @Test
    void aBadTeardownRunsAgainWithItsSetup() {
        Scenario.of("seq root\n  setup run s\n  run a\n  teardown run t")
                .play("start\nend s success\nend a success\nend t failure")
                .rerun(RerunMode.FAILED)
                .play(
                        "start => start s\nend s success => start t\nend t success => finish success");
    }

    @Test
    void carriedStepsStayWhenTheirGroupIsTriedAgain() {
        Scenario.of("seq root retry=2\n  par p\n    run a\n    run b")
                .play("start\nend a success & end b failure\nend a success & cancel")
                .rerun(RerunMode.FAILED)
                .play("start => start b\nend b failure => start b#2");
    }

    @Test
    void fromAStepRunsItAndEverythingAfterIt() {
        Scenario.of(TREE)
                .play(FAILED)
                .rerunFrom("p3")
                .shows(
                        """
                        root pending
                          s pending
                          a success carried
                          p pending
                            p1 success carried
                            p2 skip rerun carried
                            p3 pending
                              p31 pending
                              p32 pending
                            tp pending
                          skipped pending
                          b pending
                          t pending
                        """)
                .play(
                        """
                        start => start s
                        end s success => start p31
                        end p31 success => start p32
                        end p32 success => start tp
                        end tp success => start b
                        """);
    }

    @Test
    void fromAStepGoesOnAfterAnEarlierFailure() {
        Scenario.of("seq root\n  seq g\n    run g1\n    run g2\n  run a")
                .play("start\nend g1 success\nend g2 failure")
                .rerunFrom("a")
                .shows(
                        """
                        root pending
                          g skip rerun carried
                            g1 success carried
                            g2 skip rerun carried
                          a pending
                        """)
                .play("start => start a\nend a success => finish success")
                .says("g2", "The rerun begins at step 'a'.");
    }

    @Test
    void fromATeardownKeepsTheBody() {
        Scenario.of("seq root\n  teardown run t\n  run a")
                .play("start\nend a success\nend t failure")
                .rerunFrom("t")
                .play("start => start t");
    }

    @Test
    void fromTheRootIsTheSameAsAll() {
        Scenario rerun = Scenario.of(TREE).play(FAILED).rerunFrom("root");
        assertThat(rerun.state()).isEqualTo(RunState.initial(rerun.plan().size()));
    }

    @Test
    void aStepThatIsMissingOrUnknownIsRefused() {
        Scenario run = Scenario.of(TREE).play(FAILED);
        assertThatThrownBy(() ->
                        Rerun.initial(run.plan(), run.state(), RerunMode.FROM, Optional.empty()))
                .isInstanceOf(MillwrightException.class)
                .hasMessage("a rerun from a step needs the path of the step");
        Optional<StepPath> unknown = Optional.of(StepPath.parse("0/99"));
        assertThatThrownBy(() -> Rerun.initial(run.plan(), run.state(), RerunMode.FROM, unknown))
                .isInstanceOf(MillwrightException.class)
                .hasMessageContaining("no step 0/99");
        assertThatThrownBy(() ->
                        Rerun.initial(
                                run.plan(), RunState.initial(1), RerunMode.ALL, Optional.empty()))
                .isInstanceOf(MillwrightException.class)
                .hasMessageContaining("1 step states do not fit");
    }
}
