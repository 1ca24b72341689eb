package dev.millwright.cli.tree;

import dev.millwright.api.run.StepView;
import dev.millwright.cli.terminal.Line;
import dev.millwright.cli.terminal.Style;
import dev.millwright.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Prints the end of the log of each failed step, and where to see more.
public final class FailureReport {
    /// How many lines of each log are shown.
    public static final int LINES = 20;

    private static final int MOST_STEPS = 10;

    private FailureReport() {}

    /// Print nothing at all when nothing failed.
    ///
    /// @param tail gives the last [#LINES] lines of a step's log
    /// @param more gives the command that shows all of them; may be empty
    public static void print(
            Terminal terminal,
            Snapshot snapshot,
            Function<StepView, List<String>> tail,
            Function<StepView, String> more) {
        StepNames names = StepNames.of(snapshot.steps());
        List<StepView> failures = snapshot.failures();
        List<Line> lines = new ArrayList<>();
        for (StepView step : failures.stream().limit(MOST_STEPS).toList()) {
            lines.add(Line.empty());
            lines.add(head(terminal, names.of(step.path()), step));
            for (String text : tail.apply(step)) {
                lines.add(
                        Line.of(Style.DIM, "  " + terminal.symbols().bar().strip() + " ")
                                .add(text));
            }
            String command = more.apply(step);
            if (!command.isEmpty()) {
                lines.add(Line.of(Style.DIM, "  all of it: ").add(command));
            }
        }
        if (failures.size() > MOST_STEPS) {
            lines.add(Line.empty());
            lines.add(
                    Line.of(
                            Style.DIM,
                            "and %d more failed steps".formatted(failures.size() - MOST_STEPS)));
        }
        terminal.lines(lines);
    }

    private static Line head(Terminal terminal, String name, StepView step) {
        Line line =
                Line.of(
                        Style.BOLD_RED,
                        Looks.symbol(step.status(), terminal.symbols()) + " " + name);
        line.add(Style.DIM, "  " + step.path().value());
        String note = Notes.of(step);
        return note.isEmpty() ? line : line.add("  ").add(Style.RED, note);
    }
}
