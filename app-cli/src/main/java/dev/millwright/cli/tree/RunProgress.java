package dev.millwright.cli.tree;

import dev.millwright.cli.terminal.Terminal;

/// Shows how a run goes on. One thread at a time.
///
/// 1. [#show] at every change, [#tick] a few times per second in between, [#log] for output.
/// 2. [#end] with the last states, or [#leave] when nobody looks any longer.
public sealed interface RunProgress permits LiveTree, PlainLines {
    /// The one that suits the terminal.
    static RunProgress on(Terminal terminal) {
        return terminal.isLive() ? new LiveTree(terminal) : new PlainLines(terminal);
    }

    /// Print the whole tree once.
    static void whole(Terminal terminal, Snapshot snapshot) {
        TreeRenderer renderer = new TreeRenderer(terminal.symbols());
        terminal.line(renderer.head(snapshot));
        terminal.lines(renderer.whole(snapshot));
        terminal.lines(renderer.feet(snapshot));
    }

    void show(Snapshot snapshot);

    /// Let the clocks go on.
    void tick();

    /// Print a line of output of a step.
    void log(String step, String line);

    /// Print a line for people that is not about a step, to standard error.
    void note(String text);

    /// Print the whole tree and how it ended.
    void end(Snapshot snapshot);

    /// Stop showing it; the run goes on.
    void leave();
}
