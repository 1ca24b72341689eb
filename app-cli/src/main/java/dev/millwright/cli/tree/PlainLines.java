package dev.millwright.cli.tree;

import dev.millwright.api.run.Status;
import dev.millwright.api.run.StepView;
import dev.millwright.cli.terminal.Line;
import dev.millwright.cli.terminal.Style;
import dev.millwright.cli.terminal.Terminal;
import dev.millwright.cli.terminal.Times;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.StepState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Prints one line for each change, for pipes and files; the whole tree once at the end. One thread
/// at a time.
final class PlainLines implements RunProgress {
    private record Seen(Status status, int attempt, String message) {}

    /// So long nothing happens before it is said that steps wait for their turn.
    private static final Duration STANDSTILL = Duration.ofSeconds(10);

    private final Terminal terminal;
    private final TreeRenderer renderer;
    private final Map<StepPath, Seen> seen = new HashMap<>();

    /// The newest line on the screen if that is a head, for an end that would only repeat it.
    private String newestHead = "";

    private boolean begun;

    /// The newest picture until its standstill was told.
    private Optional<Snapshot> moving = Optional.empty();

    PlainLines(Terminal terminal) {
        this.terminal = terminal;
        this.renderer = new TreeRenderer(terminal.symbols());
    }

    @Override
    public void show(Snapshot snapshot) {
        List<Line> lines = new ArrayList<>();
        if (!begun) {
            begun = true;
            lines.add(renderer.head(snapshot));
            newestHead = lines.getFirst().toString();
        }
        StepNames names = StepNames.of(snapshot.steps());
        for (StepView step : snapshot.steps()) {
            String message = step.status().isFinished() ? "" : Notes.of(step);
            Seen now = new Seen(step.status(), step.attempt(), message);
            if (!now.equals(seen.put(step.path(), now)) && isWorthALine(step)) {
                lines.add(line(names.of(step.path()), step));
                newestHead = "";
            }
        }
        terminal.lines(lines);
        moving = Optional.of(snapshot);
    }

    /// Groups speak up only when they wait or went bad by themselves; their children say the rest.
    private static boolean isWorthALine(StepView step) {
        boolean leaf = StepTree.isLeaf(step);
        return switch (step.status()) {
            case PENDING -> false;
            // That it waits for its turn is no news
            case QUEUED ->
                    leaf && !step.message().isEmpty() && !step.cause().equals(StepState.BUSY);
            case BLOCKED -> true;
            case RUNNING,
                    CANCELLING,
                    SUCCESS,
                    WARNING,
                    FAILURE,
                    ERROR,
                    TIMEOUT,
                    CANCELLED,
                    SKIPPED ->
                    leaf;
        };
    }

    private Line line(String name, StepView step) {
        Status status = step.status();
        Line line =
                Line.of(Looks.style(status), Looks.symbol(status, terminal.symbols()))
                        .add(" ")
                        .add(name)
                        .add(": ")
                        .add(Looks.style(status), status.word());
        Duration taken = TreeRenderer.taken(step);
        if (status.isFinished() && status != Status.SKIPPED && taken != null) {
            line.add(" in " + Times.duration(taken));
        }
        String note = Notes.of(step);
        return note.isEmpty() ? line : line.add(Style.DIM, " (" + note + ")");
    }

    @Override
    public void tick() {
        // Nothing moves by itself in a pipe; but its reader may go away.
        terminal.requireReader();
        moving.filter(last -> last.age().compareTo(STANDSTILL) >= 0).ifPresent(this::standstill);
    }

    /// Whoever sees nothing for long asks whether anything goes on at all.
    private void standstill(Snapshot last) {
        moving = Optional.empty();
        boolean works = last.leaves().stream().anyMatch(step -> step.status() == Status.RUNNING);
        if (!works) {
            StepNames names = StepNames.of(last.steps());
            last.leaves().stream()
                    .filter(step -> step.cause().equals(StepState.BUSY))
                    .findFirst()
                    .ifPresent(step -> {
                        terminal.line(line(names.of(step.path()), step));
                        newestHead = "";
                    });
        }
    }

    @Override
    public void log(String step, String line) {
        terminal.line(LiveTree.logLine(step, line));
        newestHead = "";
    }

    @Override
    public void note(String text) {
        terminal.note(text);
    }

    @Override
    public void end(Snapshot snapshot) {
        show(snapshot);
        List<Line> lines = new ArrayList<>();
        Line head = renderer.head(snapshot);
        if (!head.toString().equals(newestHead)) {
            lines.add(Line.empty());
            lines.add(head);
        }
        lines.addAll(renderer.whole(snapshot));
        lines.addAll(renderer.feet(snapshot));
        terminal.lines(lines);
    }

    @Override
    public void leave() {
        // Nothing to tidy up.
    }
}
