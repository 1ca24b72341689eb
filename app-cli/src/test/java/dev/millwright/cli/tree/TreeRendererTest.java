package dev.millwright.cli.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.api.run.Status;
import dev.millwright.cli.terminal.Line;
import dev.millwright.cli.terminal.Symbols;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TreeRendererTest {
    private final TreeRenderer renderer = new TreeRenderer(Symbols.UNICODE);

    private static String text(List<Line> lines) {
        return lines.stream().map(Line::toString).collect(Collectors.joining("\n"));
    }

    private static Steps nested() {
        return Steps.of(Status.RUNNING)
                .leaf("0/0", "prepare", Status.SUCCESS, 412)
                .add("0/1", "build", "parallel", Status.RUNNING, 2400)
                .leaf("0/1/0", "compile", Status.SUCCESS, 1250)
                .add("0/1/1", "checks", "matrix", Status.RUNNING, 900)
                .failed("0/1/1/0", "checks (jdk=21)", 800, 2)
                .leaf("0/1/1/1", "checks (jdk=25)", Status.RUNNING, 850)
                .warned("0/1/2", "style", 300, 3)
                .teardown("0/1/3", "stop", Status.PENDING)
                .leaf("0/2", "publish", Status.PENDING, 0);
    }

    @Test
    void everyStepStandsUnderItsGroupWithSignTimeAndReason() {
        assertThat(text(renderer.whole(nested().snapshot())))
                .isEqualTo(
                        """
                        ├─ ✔ prepare                   0.4s
                        ├─ ● build parallel            2.4s
                        │  ├─ ✔ compile                1.2s
                        │  ├─ ● checks matrix          0.9s
                        │  │  ├─ ✖ checks (jdk=21)     0.8s  exit 2
                        │  │  └─ ● checks (jdk=25)     0.8s
                        │  ├─ ! style                  0.3s  allowed: exit 3
                        │  └─ ○ stop teardown
                        └─ ○ publish\
                        """);
    }

    @Test
    void withoutUnicodeTheTreeIsDrawnInAscii() {
        var ascii = new TreeRenderer(Symbols.ASCII);

        var drawn = text(ascii.whole(nested().snapshot()));

        assertThat(drawn).isASCII().contains("|  |- x checks (jdk=21)").contains("`- . publish");
    }

    @Test
    void headAndFootTellRunAndProgress() {
        var snapshot = nested().snapshot();

        assertThat(renderer.head(snapshot)).hasToString("web#12  push main 3f2a9c1");
        assertThat(renderer.foot(snapshot))
                .hasToString("● running  4.2s · 4 of 7 steps · 1 warning");
    }

    @Test
    void aFinishedRunSaysHowItEnded() {
        var snapshot = Steps.of(Status.SUCCESS).leaf("0/0", "a", Status.SUCCESS, 10).snapshot();

        assertThat(renderer.foot(snapshot)).hasToString("✔ success in 4.2s · 1 step");
    }

    @Test
    void whatIsDoneIsFoldedWhenTheScreenIsTooSmall() {
        var steps = Steps.of(Status.RUNNING).add("0/0", "old", "sequence", Status.SUCCESS, 10);
        for (int i = 0; i < 30; i++) {
            steps.leaf("0/0/" + i, "s" + i, Status.SUCCESS, 10);
        }
        steps.leaf("0/1", "now", Status.RUNNING, 1000);

        assertThat(text(renderer.fitting(steps.snapshot(), 10)))
                .isEqualTo(
                        """
                        ├─ ✔ old (30 steps)     0.0s
                        └─ ● now                1.0s\
                        """);
    }

    @Test
    void neighboursAreMergedWhenFoldingIsNotEnough() {
        var steps = Steps.of(Status.RUNNING);
        for (int i = 0; i < 50; i++) {
            steps.leaf("0/" + i, "s" + i, Status.SUCCESS, 10);
        }
        steps.leaf("0/50", "now", Status.RUNNING, 1000);
        for (int i = 51; i < 90; i++) {
            steps.leaf("0/" + i, "s" + i, Status.PENDING, 0);
        }

        assertThat(text(renderer.fitting(steps.snapshot(), 10)))
                .isEqualTo(
                        """
                        ├─ ✔ 50 steps done
                        ├─ ● now                  1.0s
                        └─ ○ 39 steps to come\
                        """);
    }

    @Test
    void neverMoreLinesThanFit() {
        var steps = Steps.of(Status.RUNNING);
        for (int i = 0; i < 50; i++) {
            steps.leaf("0/" + i, "s" + i, Status.RUNNING, 10);
        }

        var lines = renderer.fitting(steps.snapshot(), 10);

        assertThat(lines).hasSize(10);
        assertThat(lines.getLast()).hasToString("… 41 more lines");
    }

    @Test
    void aPipelineOfOneLeafIsShownToo() {
        var steps = new Steps().leaf("0", "only", Status.RUNNING, 100);

        assertThat(text(renderer.whole(steps.snapshot()))).startsWith("└─ ● only");
    }
}
