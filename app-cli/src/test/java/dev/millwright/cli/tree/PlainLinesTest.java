package dev.millwright.cli.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.api.run.Status;
import dev.millwright.cli.terminal.Symbols;
import dev.millwright.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PlainLinesTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final RunProgress lines = RunProgress.on(Terminal.plain(out, out, Symbols.UNICODE));

    private static Snapshot two(Status first, Status second) {
        return Steps.of(Status.RUNNING)
                .add("0/0", "build", "sequence", Status.RUNNING, 0)
                .leaf("0/0/0", "compile", first, 1200)
                .leaf("0/0/1", "test", second, 300)
                .snapshot();
    }

    @Test
    void eachChangeIsOneLineWithTheNameOfItsStep() {
        lines.show(two(Status.RUNNING, Status.PENDING));
        lines.show(two(Status.RUNNING, Status.PENDING));
        lines.show(two(Status.SUCCESS, Status.RUNNING));

        assertThat(out.toString(UTF_8))
                .isEqualTo(
                        """
                        web#12  push main 3f2a9c1
                        ● build/compile: running
                        ✔ build/compile: success in 1.2s
                        ● build/test: running
                        """);
    }

    @Test
    void aStepThatWaitsForItsTurnIsNoNewsAndOneThatWaitsForANodeIs() {
        lines.show(
                Steps.of(Status.RUNNING)
                        .waiting("0/0", "turn", "busy", "all 2 slots are busy")
                        .waiting("0/1", "node", "node", "it is draining")
                        .snapshot());

        assertThat(out.toString(UTF_8))
                .isEqualTo("web#12  push main 3f2a9c1\n◌ node: queued (it is draining)\n");
    }

    @Test
    void thatNothingHappensIsToldOnceWhenStepsWaitForTheirTurn() {
        Steps waiting =
                Steps.of(Status.RUNNING).waiting("0/0", "turn", "busy", "all 2 slots are busy");
        lines.show(waiting.snapshot(Duration.ofSeconds(9)));
        lines.tick();
        lines.show(waiting.snapshot(Duration.ofSeconds(10)));
        lines.tick();
        lines.tick();

        assertThat(out.toString(UTF_8))
                .isEqualTo("web#12  push main 3f2a9c1\n◌ turn: queued (all 2 slots are busy)\n");
    }

    @Test
    void aStepThatWorksForLongIsNoStandstill() {
        lines.show(
                Steps.of(Status.RUNNING)
                        .waiting("0/0", "turn", "busy", "all 2 slots are busy")
                        .leaf("0/1", "long", Status.RUNNING, 0)
                        .snapshot(Duration.ofSeconds(60)));
        lines.tick();

        assertThat(out.toString(UTF_8)).isEqualTo("web#12  push main 3f2a9c1\n● long: running\n");
    }

    @Test
    void aRunThatEndedBeforeItHadStepsHasOneHead() {
        Snapshot ended = Steps.of(Status.ERROR).snapshot();

        lines.show(ended);
        lines.end(ended);

        assertThat(out.toString(UTF_8))
                .isEqualTo("web#12  push main 3f2a9c1\n✖ error in 4.2s · 0 steps\n");
    }

    @Test
    void nothingMovesAndNothingIsColoured() {
        lines.show(two(Status.RUNNING, Status.PENDING));
        lines.tick();
        lines.log("build/compile", "\u001b[31mred\u001b[0m");
        lines.end(two(Status.SUCCESS, Status.SUCCESS));

        assertThat(out.toString(UTF_8)).doesNotContain("\u001b").contains("build/compile | red\n");
    }
}
