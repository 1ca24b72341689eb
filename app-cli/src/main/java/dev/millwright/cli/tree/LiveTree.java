package dev.millwright.cli.tree;

import dev.millwright.cli.launch.TerminalSize;
import dev.millwright.cli.terminal.Line;
import dev.millwright.cli.terminal.OutputException;
import dev.millwright.cli.terminal.Style;
import dev.millwright.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Draws the tree over and over in the same place, as much of it as fits. One thread at a time.
final class LiveTree implements RunProgress {
    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";
    private static final String CLEAR_LINE_REST = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";
    private static final String NO_WRAP = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";

    private final Terminal terminal;
    private final TreeRenderer renderer;
    private @Nullable Snapshot last;
    private int drawn;
    private boolean logged;

    LiveTree(Terminal terminal) {
        this.terminal = terminal;
        this.renderer = new TreeRenderer(terminal.symbols());
        // However the command ends, the cursor comes back.
        Runtime.getRuntime().addShutdownHook(new Thread(this::showCursorIfAny, "cursor"));
    }

    @Override
    public void show(Snapshot snapshot) {
        last = snapshot;
        tick();
    }

    @Override
    public void tick() {
        Snapshot snapshot = last;
        if (snapshot != null) {
            print(new StringBuilder(), frame(snapshot));
        }
    }

    @Override
    public void log(String step, String line) {
        StringBuilder text = new StringBuilder(up());
        text.append(logLine(step, line).render(terminal.colour()))
                .append(CLEAR_LINE_REST)
                .append('\n')
                .append(CLEAR_BELOW);
        drawn = 0;
        logged = true;
        Snapshot snapshot = last;
        print(text, snapshot == null ? List.of() : frame(snapshot));
    }

    @Override
    public void note(String text) {
        // Standard error is the same screen: the line takes the place of the tree, which moves on.
        write(up() + CLEAR_BELOW);
        drawn = 0;
        logged = true;
        terminal.note(text);
        tick();
    }

    @Override
    public void end(Snapshot snapshot) {
        List<Line> lines = new ArrayList<>();
        if (logged) {
            lines.add(Line.empty());
        }
        lines.add(renderer.head(snapshot));
        lines.addAll(renderer.whole(snapshot));
        lines.addAll(renderer.feet(snapshot));
        StringBuilder text = new StringBuilder(up()).append(CLEAR_BELOW);
        for (Line line : lines) {
            text.append(line.render(terminal.colour())).append('\n');
        }
        write(text.append(SHOW_CURSOR).append(WRAP));
        drawn = 0;
        last = null;
    }

    @Override
    public void leave() {
        showCursor();
        drawn = 0;
        last = null;
    }

    private List<Line> frame(Snapshot snapshot) {
        int rows = Math.max(4, terminal.size().get().rows() - 1);
        List<Line> lines = new ArrayList<>();
        lines.add(renderer.head(snapshot));
        lines.addAll(renderer.fitting(snapshot, rows - 2));
        lines.add(renderer.foot(snapshot));
        return lines;
    }

    private void print(StringBuilder text, List<Line> lines) {
        TerminalSize size = terminal.size().get();
        text.append(HIDE_CURSOR).append(NO_WRAP).append(up());
        for (Line line : lines) {
            text.append(
                            line.render(
                                    terminal.colour(),
                                    size.columns() - 1,
                                    terminal.symbols().ellipsis()))
                    .append(CLEAR_LINE_REST)
                    .append('\n');
        }
        write(text.append(CLEAR_BELOW).append(WRAP));
        drawn = lines.size();
    }

    private String up() {
        return drawn == 0 ? "" : "\r\u001b[" + drawn + "A";
    }

    private void write(CharSequence text) {
        terminal.out().print(text);
        terminal.out().flush();
    }

    private void showCursor() {
        write(SHOW_CURSOR + WRAP);
    }

    private void showCursorIfAny() {
        try {
            showCursor();
        } catch (OutputException gone) {
            // The terminal is closed, and its cursor with it.
        }
    }

    static Line logLine(String step, String text) {
        return Line.of(Style.CYAN, step).add(Style.DIM, " | ").add(text);
    }
}
