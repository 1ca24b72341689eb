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

    /// How much of a long line stands before the problem.
    private static final int BEFORE = 60;

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
        String line = line(problem, lines);
        if (mark.line() > 0 && !line.isBlank()) {
            String number = "%5d".formatted(mark.line());
            String bar = " " + symbols.bar().strip() + " ";
            int before = Math.min(Math.max(0, mark.column() - 1), line.length());
            int width = caretWidth(problem, line.substring(before));
            // Of a long line the part around the problem
            int cut = before < WIDEST ? 0 : before - BEFORE;
            String lead = cut == 0 ? "" : symbols.ellipsis();
            String text = lead + TextWidth.plain(line.substring(cut));
            int indent = TextWidth.of(lead + TextWidth.plain(line.substring(cut, before)));
            shown.add(
                    Line.of(Style.DIM, number + bar)
                            .add(TextWidth.cut(text, WIDEST + 20, symbols.ellipsis())));
            shown.add(
                    Line.of(Style.DIM, " ".repeat(number.length()) + bar)
                            .add(Style.RED, " ".repeat(indent) + "^".repeat(width)));
        }
        return shown;
    }

    /// The line that the problem is on; empty when nobody knows it.
    private static String line(Problem problem, Function<String, List<String>> lines) {
        if (!problem.source().isEmpty() || problem.mark().line() == 0) {
            return problem.source();
        }
        return lines.apply(problem.mark().file()).stream()
                .skip(problem.mark().line() - 1)
                .findFirst()
                .orElse("");
    }

    private static int caretWidth(Problem problem, String rest) {
        String word = problem.offending().lines().findFirst().orElse("");
        return !word.isEmpty() && rest.startsWith(word)
                ? Math.clamp(TextWidth.of(TextWidth.plain(word)), 1, WIDEST)
                : 1;
    }
}
