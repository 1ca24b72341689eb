package dev.millwright.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/// Columns of text, each as wide as it has to be, the last one as long as it likes. Not
/// thread-safe.
public final class Table {
    private static final String GAP = "  ";

    /// One cell.
    public record Cell(Style style, String text) {
        public static Cell of(String text) {
            return new Cell(Style.PLAIN, text);
        }

        public static Cell of(Style style, String text) {
            return new Cell(style, text);
        }
    }

    private final List<String> heads;
    private final List<List<Cell>> rows = new ArrayList<>();

    private Table(List<String> heads) {
        this.heads = heads;
    }

    public static Table of(String... heads) {
        return new Table(List.of(heads));
    }

    public Table row(String... texts) {
        return row(List.of(texts).stream().map(Cell::of).toArray(Cell[]::new));
    }

    public Table row(Cell... cells) {
        if (cells.length != heads.size()) {
            throw new IllegalArgumentException(
                    "%d cells for %d columns".formatted(cells.length, heads.size()));
        }
        rows.add(List.of(cells));
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /// The lines to print.
    public List<Line> lines(boolean withHeads) {
        List<List<Cell>> all = new ArrayList<>();
        if (withHeads) {
            all.add(heads.stream().map(head -> Cell.of(Style.DIM, head)).toList());
        }
        all.addAll(rows);
        int[] widths = new int[heads.size()];
        for (List<Cell> row : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], TextWidth.of(TextWidth.plain(row.get(i).text())));
            }
        }
        return all.stream().map(row -> line(row, widths)).toList();
    }

    private static Line line(List<Cell> row, int[] widths) {
        Line line = Line.empty();
        int column = 0;
        int last = row.size() - 1;
        while (last > 0 && row.get(last).text().isEmpty()) {
            last--;
        }
        for (int i = 0; i <= last; i++) {
            line.padTo(column).add(row.get(i).style(), row.get(i).text());
            column += widths[i] + GAP.length();
        }
        return line;
    }
}
