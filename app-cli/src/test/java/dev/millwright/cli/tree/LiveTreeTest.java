package dev.millwright.cli.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.api.run.Status;
import dev.millwright.cli.launch.TerminalSize;
import dev.millwright.cli.terminal.Symbols;
import dev.millwright.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class LiveTreeTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Terminal terminal =
            new Terminal(
                    new PrintStream(out, true, UTF_8),
                    new PrintStream(out, true, UTF_8),
                    true,
                    false,
                    Symbols.UNICODE,
                    () -> new TerminalSize(30, 8),
                    () -> false);
    private final RunProgress tree = RunProgress.on(terminal);

    private static Snapshot snapshot(Status status) {
        return Steps.of(status).leaf("0/0", "a".repeat(50), status, 100).snapshot();
    }

    @Test
    void theSecondFrameGoesOverTheFirst() {
        tree.show(snapshot(Status.RUNNING));
        out.reset();

        tree.tick();

        assertThat(out.toString(UTF_8)).contains("\r\u001b[3A").contains("\u001b[J");
    }

    @Test
    void noLineIsWiderThanTheScreen() {
        tree.show(snapshot(Status.RUNNING));

        out.toString(UTF_8)
                .replaceAll("\u001b\\[[?0-9]*[a-zA-Z]", "")
                .lines()
                .forEach(line -> assertThat(line.length()).isLessThanOrEqualTo(29));
        assertThat(out.toString(UTF_8)).contains("…");
    }

    @Test
    void outputIsPrintedAboveTheTree() {
        tree.show(snapshot(Status.RUNNING));
        out.reset();

        tree.log("build/compile", "hello");

        assertThat(out.toString(UTF_8))
                .startsWith("\r\u001b[3Abuild/compile | hello\u001b[K\n\u001b[J")
                .contains("web#12");
    }

    @Test
    void aNoteTakesThePlaceOfTheTreeWhichIsDrawnBelowIt() {
        tree.show(snapshot(Status.RUNNING));
        out.reset();

        tree.note("the server does not answer");

        assertThat(out.toString(UTF_8))
                .startsWith(
                        "\r\u001b[3A\u001b[Jthe server does not answer\n\u001b[?25l\u001b[?7lweb#12");
    }

    @Test
    void theEndLeavesTheWholeTreeAndACursor() {
        tree.show(snapshot(Status.RUNNING));
        out.reset();

        tree.end(snapshot(Status.SUCCESS));

        assertThat(out.toString(UTF_8)).contains("a".repeat(50)).endsWith("\u001b[?25h\u001b[?7h");
    }
}
