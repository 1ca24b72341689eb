package dev.millwright.cli.terminal;

import dev.millwright.model.log.Escapes;

/// How many columns text takes on a terminal. Pure.
public final class TextWidth {
    private TextWidth() {}

    /// Columns of the whole text; it must hold no escapes.
    public static int of(String text) {
        return text.codePoints().map(TextWidth::of).sum();
    }

    /// The beginning of the text that fits; with an ellipsis when something was cut away.
    public static String cut(String text, int columns, String ellipsis) {
        if (of(text) <= columns) {
            return text;
        }
        int room = columns - of(ellipsis);
        if (room < 0) {
            return "";
        }
        StringBuilder kept = new StringBuilder();
        int used = 0;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            used += of(point);
            if (used > room) {
                break;
            }
            kept.appendCodePoint(point);
            at += Character.charCount(point);
        }
        return kept.append(ellipsis).toString();
    }

    /// The text with everything that could move the cursor or change the terminal taken out.
    public static String plain(String text) {
        if (text.chars().noneMatch(c -> c < ' ' || c == 0x7f || (c >= 0x80 && c < 0xa0))) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        Escapes.removedFrom(text)
                .codePoints()
                .map(c -> c == '\t' || c == '\n' || c == '\r' ? ' ' : c)
                .filter(c -> c >= ' ' && c != 0x7f && (c < 0x80 || c >= 0xa0))
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static int of(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.FORMAT
                || point < ' ') {
            return 0;
        }
        return isWide(point) ? 2 : 1;
    }

    private static boolean isWide(int point) {
        return point >= 0x1100
                && (point <= 0x115f
                        || (point >= 0x2e80 && point <= 0xa4cf)
                        || (point >= 0xac00 && point <= 0xd7a3)
                        || (point >= 0xf900 && point <= 0xfaff)
                        || (point >= 0xfe30 && point <= 0xfe6f)
                        || (point >= 0xff00 && point <= 0xff60)
                        || (point >= 0xffe0 && point <= 0xffe6)
                        || (point >= 0x1f300 && point <= 0x1faff)
                        || (point >= 0x20000 && point <= 0x3fffd));
    }
}
