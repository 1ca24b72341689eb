package dev.millwright.cli.demo;

import dev.millwright.cli.terminal.Line;
import dev.millwright.cli.terminal.Style;
import dev.millwright.cli.terminal.Terminal;
import dev.millwright.cli.terminal.Times;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Prints what the demo does. One thread.
final class DemoScreen {
    private static final int COLUMN = 16;

    private final Terminal terminal;

    DemoScreen(Terminal terminal) {
        this.terminal = terminal;
    }

    void done(String what, String detail) {
        terminal.line(
                Line.of(Style.GREEN, terminal.symbols().success())
                        .add(" ")
                        .add(Style.BOLD, what)
                        .padTo(COLUMN)
                        .add(detail));
    }

    void warning(String what, String detail) {
        terminal.line(
                Line.of(Style.YELLOW, terminal.symbols().warning())
                        .add(" ")
                        .add(Style.BOLD, what)
                        .padTo(COLUMN)
                        .add(detail));
    }

    /// A line that counts the time while something is waited for; asked again and again.
    BooleanSupplier waiting(String what, String detail, BooleanSupplier goOn) {
        long start = System.nanoTime();
        return () -> {
            if (terminal.isLive()) {
                Line line =
                        Line.of(Style.CYAN, terminal.symbols().running())
                                .add(" ")
                                .add(Style.BOLD, what)
                                .padTo(COLUMN)
                                .add(detail + "  ")
                                .add(Style.DIM, since(start));
                terminal.out().print("\r" + line.render(terminal.colour()) + "\u001b[K\r");
                terminal.out().flush();
            }
            return goOn.getAsBoolean();
        };
    }

    static String since(long start) {
        return Times.duration(Duration.ofNanos(System.nanoTime() - start));
    }

    void blank() {
        terminal.line("");
    }

    void say(String text) {
        terminal.line(Line.empty().add(text));
    }

    /// @param column how wide the widest of the commands is
    void command(Hints.Hint hint, int column) {
        Line line = Line.empty().add("  ").add(Style.CYAN, hint.command());
        terminal.line(
                hint.about().isEmpty()
                        ? line
                        : line.padTo(2 + column).add(Style.DIM, "  " + hint.about()));
    }
}
