package dev.millwright.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/// One line for the terminal, piece by piece, each with its style. Not thread-safe.
public final class Line {
    private record Piece(Style style, String text) {}

    private final List<Piece> pieces = new ArrayList<>();
    private int width;

    public static Line of(Style style, String text) {
        return new Line().add(style, text);
    }

    public static Line empty() {
        return new Line();
    }

    public Line add(String text) {
        return add(Style.PLAIN, text);
    }

    public Line add(Style style, String text) {
        String clean = TextWidth.plain(text);
        if (!clean.isEmpty()) {
            pieces.add(new Piece(style, clean));
            width += TextWidth.of(clean);
        }
        return this;
    }

    /// Add all pieces of another line.
    public Line add(Line other) {
        pieces.addAll(other.pieces);
        width += other.width;
        return this;
    }

    /// Fill up with spaces to that column.
    public Line padTo(int column) {
        return width < column ? add(" ".repeat(column - width)) : this;
    }

    public int width() {
        return width;
    }

    /// The line as it is printed, without its end.
    public String render(boolean colour) {
        return render(colour, Integer.MAX_VALUE, "");
    }

    /// The line as it is printed, cut to the columns that there are.
    public String render(boolean colour, int columns, String ellipsis) {
        StringBuilder text = new StringBuilder();
        int left = columns;
        for (int i = 0; i < pieces.size() && left > 0; i++) {
            Piece piece = pieces.get(i);
            int wide = TextWidth.of(piece.text());
            boolean more = i < pieces.size() - 1;
            String shown =
                    wide < left || (wide == left && !more)
                            ? piece.text()
                            : TextWidth.cut(piece.text() + (more ? "  " : ""), left, ellipsis);
            text.append(piece.style().paint(shown, colour));
            left -= Math.max(wide, TextWidth.of(shown));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return render(false);
    }
}
