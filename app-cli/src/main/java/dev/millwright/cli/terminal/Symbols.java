package dev.millwright.cli.terminal;

/// The signs that trees and lists are drawn with.
///
/// @param tee in front of a child that has younger siblings
/// @param corner in front of the last child
/// @param bar goes past the children of an older sibling
public record Symbols(
        String success,
        String failure,
        String running,
        String pending,
        String skipped,
        String warning,
        String waiting,
        String tee,
        String corner,
        String bar,
        String gap,
        String dot,
        String ellipsis,
        String dash,
        String arrow) {
    public static final Symbols UNICODE =
            new Symbols(
                    "✔", "✖", "●", "○", "⊘", "!", "◌", "├─ ", "└─ ", "│  ", "   ", "·", "…", "—",
                    "→");
    public static final Symbols ASCII =
            new Symbols(
                    "+", "x", "*", ".", "-", "!", "o", "|- ", "`- ", "|  ", "   ", "-", "...", "-",
                    "->");
}
