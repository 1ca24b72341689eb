package dev.millwright.cli.local;

import dev.millwright.cli.terminal.Line;
import dev.millwright.cli.terminal.Style;
import dev.millwright.cli.terminal.Symbols;
import dev.millwright.cli.terminal.TextWidth;
import dev.millwright.engine.yaml.Mark;
import dev.millwright.engine.yaml.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Shows what is wrong with a file: the place, the problem, the line, what to write instead. Pure.
final class ProblemReport {
    private static final int WIDEST = 100;

    private ProblemReport() {}

    /// @param lines gives the lines of a file by its name; none when it cannot be read
    static List<Line> lines(
            Problem problem, Function<String, List<String>> lines, Symbols symbols) {
        List<Line> shown = new ArrayList<>();
        Line head = Line.of(Style.BOLD, problem.mark() + ": ").add(Style.RED, problem.message());
        if (!problem.suggestion().isEmpty()) {
            head.add("; ").add(Style.GREEN, problem.suggestion());
        }
        shown.add(head);
        Mark mark = problem.mark();
        List<String> text = mark.line() == 0 ? List.of() : lines.apply(mark.file());
        if (mark.line() > 0 && mark.line() <= text.size()) {
            String line = text.get(mark.line() - 1);
            String number = "%5d".formatted(mark.line());
            String bar = " " + symbols.bar().strip() + " ";
            int before = Math.min(Math.max(0, mark.column() - 1), line.length());
            if (before < WIDEST) {
                int width = caretWidth(problem, line.substring(before));
                int indent = TextWidth.of(TextWidth.plain(line.substring(0, before)));
                shown.add(
                        Line.of(Style.DIM, number + bar)
                                .add(
                                        TextWidth.cut(
                                                TextWidth.plain(line),
                                                WIDEST + 20,
                                                symbols.ellipsis())));
                shown.add(
                        Line.of(Style.DIM, " ".repeat(number.length()) + bar)
                                .add(Style.RED, " ".repeat(indent) + "^".repeat(width)));
            }
        }
        return shown;
    }

    private static int caretWidth(Problem problem, String rest) {
        String word = problem.offending().lines().findFirst().orElse("");
        return !word.isEmpty() && rest.startsWith(word)
                ? Math.clamp(TextWidth.of(TextWidth.plain(word)), 1, WIDEST)
                : 1;
    }
}
