package dev.millwright.cli.tree;

import dev.millwright.api.run.ResultView;
import dev.millwright.api.run.Status;
import dev.millwright.api.run.StepView;
import dev.millwright.cli.terminal.Line;
import dev.millwright.cli.terminal.Style;
import dev.millwright.cli.terminal.Symbols;
import dev.millwright.cli.terminal.TextWidth;
import dev.millwright.cli.terminal.Times;
import dev.millwright.model.plan.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Draws the tree of a run, whole or made to fit. Pure; any thread.
public final class TreeRenderer {
    private static final int WIDEST_NAMES = 60;
    private static final int TIME_COLUMNS = 8;

    /// How much is left out.
    private enum Detail {
        ALL,
        /// Groups that are done or not begun become one line.
        FOLDED,
        /// Neighbours that are done or not begun become one line together.
        MERGED
    }

    private record Row(String guide, Status status, Line name, String time, String note) {}

    private final Symbols symbols;

    public TreeRenderer(Symbols symbols) {
        this.symbols = symbols;
    }

    /// Every step on a line of its own.
    public List<Line> whole(Snapshot snapshot) {
        return lines(rows(snapshot, Detail.ALL));
    }

    /// At most so many lines: what is going on stays, what is done or not begun is folded first.
    List<Line> fitting(Snapshot snapshot, int most) {
        List<Row> rows = List.of();
        for (Detail detail : Detail.values()) {
            rows = rows(snapshot, detail);
            if (rows.size() <= most) {
                return lines(rows);
            }
        }
        List<Line> lines = new ArrayList<>(lines(rows).subList(0, Math.max(0, most - 1)));
        lines.add(
                Line.of(
                        Style.DIM,
                        "%s %d more lines".formatted(symbols.ellipsis(), rows.size() - most + 1)));
        return lines;
    }

    private List<Row> rows(Snapshot snapshot, Detail detail) {
        List<Row> rows = new ArrayList<>();
        add(rows, "", StepTree.of(snapshot.steps()), detail, snapshot);
        return rows;
    }

    private void add(
            List<Row> rows,
            String guide,
            List<StepTree> siblings,
            Detail detail,
            Snapshot snapshot) {
        int i = 0;
        while (i < siblings.size()) {
            StepTree tree = siblings.get(i);
            int next = detail == Detail.MERGED ? endOfLike(siblings, i) : i + 1;
            boolean last = next == siblings.size();
            String lead = guide + (last ? symbols.corner() : symbols.tee());
            if (next > i + 1) {
                rows.add(merged(lead, siblings.subList(i, next)));
            } else {
                boolean folded = detail != Detail.ALL && isFoldable(tree);
                rows.add(row(lead, tree, folded, snapshot));
                if (!folded) {
                    String inner = guide + (last ? symbols.gap() : symbols.bar());
                    add(rows, inner, tree.children(), detail, snapshot);
                    results(rows, inner, ResultTree.of(inside(snapshot, tree.step())));
                }
            }
            i = next;
        }
    }

    private static List<ResultView> inside(Snapshot snapshot, StepView step) {
        return snapshot.results().getOrDefault(step.path(), List.of());
    }

    private void results(List<Row> rows, String guide, List<ResultTree> siblings) {
        for (int i = 0; i < siblings.size(); i++) {
            ResultTree tree = siblings.get(i);
            boolean last = i == siblings.size() - 1;
            String lead = guide + (last ? symbols.corner() : symbols.tee());
            rows.add(
                    new Row(
                            lead,
                            tree.status(),
                            Line.of(Looks.name(tree.status()), tree.result().name()),
                            Times.duration(Duration.ofNanos(tree.result().durationNanos())),
                            tree.note()));
            results(rows, guide + (last ? symbols.gap() : symbols.bar()), tree.children());
        }
    }

    private static boolean isFoldable(StepTree tree) {
        return !tree.children().isEmpty() && (tree.isQuiet() || tree.isPending());
    }

    /// One past the last of the neighbours that are all done, or all not begun.
    private static int endOfLike(List<StepTree> siblings, int from) {
        boolean quiet = siblings.get(from).isQuiet();
        int end = from + 1;
        if (quiet || siblings.get(from).isPending()) {
            while (end < siblings.size()
                    && (quiet ? siblings.get(end).isQuiet() : siblings.get(end).isPending())) {
                end++;
            }
        }
        return end;
    }

    private static Row merged(String lead, List<StepTree> trees) {
        Status status = trees.getFirst().isPending() ? Status.PENDING : Status.SUCCESS;
        int leaves = trees.stream().mapToInt(StepTree::leafCount).sum();
        String word = status == Status.PENDING ? " to come" : " done";
        return new Row(lead, status, Line.of(Style.DIM, count(leaves) + word), "", "");
    }

    private static String count(int steps) {
        return steps == 1 ? "1 step" : steps + " steps";
    }

    private Row row(String lead, StepTree tree, boolean folded, Snapshot snapshot) {
        StepView step = tree.step();
        Line name = Line.of(Looks.name(step.status()), step.name());
        String tag = folded ? "(%s)".formatted(count(tree.leafCount())) : tag(step, snapshot);
        if (!tag.isEmpty()) {
            name.add(" ").add(Style.DIM, tag);
        }
        return new Row(lead, step.status(), name, time(step, snapshot.age()), Notes.of(step));
    }

    private static String tag(StepView step, Snapshot snapshot) {
        int hidden = step.results() - inside(snapshot, step).size();
        String role = tag(step);
        if (hidden <= 0) {
            return role;
        }
        String results =
                "(%d%s %s inside)"
                        .formatted(
                                hidden,
                                hidden < step.results() ? " more" : "",
                                hidden == 1 ? "result" : "results");
        return role.isEmpty() ? results : role + " " + results;
    }

    private static String tag(StepView step) {
        if (step.role() != Role.BODY) {
            String role = step.role().name().toLowerCase(Locale.ROOT);
            return step.name().toLowerCase(Locale.ROOT).contains(role) ? "" : role;
        }
        return switch (step.kind()) {
            case "parallel", "matrix", "approve", "wait" ->
                    step.name().equals(step.kind()) ? "" : step.kind();
            default -> "";
        };
    }

    private static String time(StepView step, Duration age) {
        Duration taken = taken(step);
        if (taken == null || step.status() == Status.SKIPPED) {
            return "";
        }
        return Times.duration(step.status().isFinished() ? taken : taken.plus(age));
    }

    static @Nullable Duration taken(StepView step) {
        Long millis = step.durationMillis();
        Instant start = step.startedAt();
        if (millis != null) {
            return Duration.ofMillis(millis);
        }
        Instant end = step.finishedAt();
        return start == null || end == null ? null : Duration.between(start, end);
    }

    private List<Line> lines(List<Row> rows) {
        int column = 0;
        for (Row row : rows) {
            int width = TextWidth.of(row.guide()) + 2 + row.name().width();
            column = Math.max(column, Math.min(width, WIDEST_NAMES));
        }
        List<Line> lines = new ArrayList<>();
        for (Row row : rows) {
            lines.add(line(row, column + 1));
        }
        return lines;
    }

    private Line line(Row row, int column) {
        Line line =
                Line.of(Style.DIM, row.guide())
                        .add(Looks.style(row.status()), Looks.symbol(row.status(), symbols))
                        .add(" ")
                        .add(row.name());
        if (!row.time().isEmpty()) {
            line.padTo(column)
                    .padTo(column + TIME_COLUMNS - TextWidth.of(row.time()))
                    .add(Style.DIM, row.time());
        }
        if (!row.note().isEmpty()) {
            line.padTo(column + TIME_COLUMNS).add("  ").add(noteStyle(row.status()), row.note());
        }
        return line;
    }

    private static Style noteStyle(Status status) {
        return switch (status) {
            case FAILURE, ERROR, TIMEOUT -> Style.RED;
            case WARNING, QUEUED, BLOCKED, CANCELLED, CANCELLING -> Style.YELLOW;
            case PENDING, RUNNING, SUCCESS, SKIPPED -> Style.DIM;
        };
    }

    /// The line above the tree.
    public Line head(Snapshot snapshot) {
        Line line = Line.of(Style.BOLD, snapshot.title());
        return snapshot.detail().isEmpty()
                ? line
                : line.add("  ").add(Style.DIM, snapshot.detail());
    }

    /// The lines below the tree: the foot, and what more the run's message says.
    public List<Line> feet(Snapshot snapshot) {
        List<Line> lines = new ArrayList<>();
        lines.add(foot(snapshot));
        snapshot.message()
                .lines()
                .skip(1)
                .map(text -> Line.of(Style.DIM, "  " + text))
                .forEach(lines::add);
        return lines;
    }

    /// The line below the tree, with the first line of the run's message.
    public Line foot(Snapshot snapshot) {
        List<StepView> leaves = snapshot.leaves();
        long done = leaves.stream().filter(step -> step.status().isFinished()).count();
        long warnings = leaves.stream().filter(step -> step.status() == Status.WARNING).count();
        Status status = snapshot.status();
        Line line =
                Line.of(Looks.strong(status), Looks.symbol(status, symbols) + " " + status.word())
                        .add(status.isFinished() ? " in " : "  ")
                        .add(Times.duration(snapshot.elapsed().plus(snapshot.age())));
        String dot = " " + symbols.dot() + " ";
        line.add(
                Style.DIM,
                status.isFinished()
                        ? dot + count(leaves.size())
                        : dot + "%d of %s".formatted(done, count(leaves.size())));
        if (warnings > 0) {
            line.add(Style.DIM, dot)
                    .add(Style.YELLOW, warnings + (warnings == 1 ? " warning" : " warnings"));
        }
        String message = snapshot.message().lines().findFirst().orElse("");
        if (!message.isEmpty() && !message.equals(status.word())) {
            line.add(Style.DIM, dot + message);
        }
        return line;
    }
}
