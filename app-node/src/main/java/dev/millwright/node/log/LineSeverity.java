package dev.millwright.node.log;

import dev.millwright.model.log.Severity;

/// Read the severity that a line claims for itself. Called from any thread.
///
/// Understood are, near the beginning of the line: level words in capitals (`WARN [main] ...`), in
/// brackets (`[info]`), as a prefix (`error: ...`, `x.c:3:5: warning: ...`, `error[E0308]`), as a
/// value (`level=warn`, `"severity":"ERROR"`), and GitHub's `::error::`. One pass, no regular
/// expressions: this runs for each of a million lines.
final class LineSeverity {
    private static final int WINDOW = 120;
    private static final int JSON_WINDOW = 512;
    private static final int LONGEST_WORD = 8;
    private static final byte BLANK = ' ';

    private LineSeverity() {}

    static Severity of(byte[] line, int from, int to) {
        int start = from;
        while (start < to && (line[start] == ' ' || line[start] == '\t')) {
            start++;
        }
        boolean json = start < to && line[start] == '{';
        int end = Math.min(to, start + (json ? JSON_WINDOW : WINDOW));
        int at = start;
        while (at < end) {
            byte here = line[at];
            if (here == 0x1b) {
                at = afterEscape(line, at, end);
            } else if (isLetter(here)) {
                int wordEnd = at + 1;
                while (wordEnd < to && isLetter(line[wordEnd])) {
                    wordEnd++;
                }
                int length = wordEnd - at;
                if (length >= 3 && length <= LONGEST_WORD) {
                    Severity found = word(line, at, wordEnd);
                    if (found != Severity.NONE && isClaim(line, start, at, wordEnd, to, json)) {
                        return found;
                    }
                }
                at = afterWord(line, wordEnd, to);
            } else if (isWordPart(here)) {
                at = afterWord(line, at, to);
            } else {
                at++;
            }
        }
        return Severity.NONE;
    }

    private static boolean isClaim(
            byte[] line, int start, int at, int wordEnd, int to, boolean json) {
        int behind = wordEnd;
        while (behind < to && line[behind] == 0x1b) {
            behind = afterEscape(line, behind, to);
        }
        byte next = behind < to ? line[behind] : BLANK;
        if (isWordPart(next) || next == '-') {
            return false;
        }
        byte before = at > start ? line[at - 1] : BLANK;
        if (isValueOfLevel(line, start, at)) {
            return true;
        }
        if (json || before == '-' || before == '.' || before == '/') {
            return false;
        }
        if (before == '[' && (next == ']' || next == ' ')) {
            return true;
        }
        boolean colon = next == ':' || next == '!' || next == '[';
        if (before == ':' && at - 2 == start && line[start] == ':') {
            return colon || next == ' ';
        }
        boolean leads = isLead(line, start, at);
        return isCapitals(line, at, wordEnd) ? next != '=' : leads && colon;
    }

    /// At the beginning of the line (colours apart), or after `: ` as compilers write.
    private static boolean isLead(byte[] line, int start, int at) {
        if (at == start || (at >= 2 + start && line[at - 1] == ' ' && line[at - 2] == ':')) {
            return true;
        }
        int here = start;
        while (here < at && line[here] == 0x1b) {
            here = afterEscape(line, here, at);
        }
        return here == at;
    }

    /// `level=x`, `level: x`, `"level":"x"`, `severity='x'` ...
    private static boolean isValueOfLevel(byte[] line, int start, int at) {
        int here = skipBack(line, start, at - 1);
        if (here < start || (line[here] != '=' && line[here] != ':')) {
            return false;
        }
        here = skipBack(line, start, here - 1);
        return endsWith(line, start, here, "level")
                || endsWith(line, start, here, "lvl")
                || endsWith(line, start, here, "severity")
                || endsWith(line, start, here, "levelname");
    }

    private static int skipBack(byte[] line, int start, int from) {
        int here = from;
        while (here >= start && (line[here] == '"' || line[here] == '\'' || line[here] == ' ')) {
            here--;
        }
        return here;
    }

    private static boolean endsWith(byte[] line, int start, int last, String key) {
        int first = last - key.length() + 1;
        return first >= start && matches(line, first, last + 1, key);
    }

    private static int afterEscape(byte[] line, int at, int end) {
        int here = at + 1;
        if (here < end && line[here] == '[') {
            here++;
            while (here < end && (line[here] < 0x40 || line[here] > 0x7e)) {
                here++;
            }
        }
        return Math.min(end, here + 1);
    }

    private static int afterWord(byte[] line, int from, int to) {
        int at = from;
        while (at < to && isWordPart(line[at])) {
            at++;
        }
        return at;
    }

    private static Severity word(byte[] line, int from, int to) {
        return switch (line[from] | 0x20) {
            case 'e' ->
                    matches(line, from, to, "error") || matches(line, from, to, "err")
                            ? Severity.ERROR
                            : Severity.NONE;
            case 'w' ->
                    matches(line, from, to, "warn") || matches(line, from, to, "warning")
                            ? Severity.WARN
                            : Severity.NONE;
            case 'i' -> matches(line, from, to, "info") ? Severity.INFO : Severity.NONE;
            case 'n' -> matches(line, from, to, "notice") ? Severity.INFO : Severity.NONE;
            case 'd' -> matches(line, from, to, "debug") ? Severity.DEBUG : Severity.NONE;
            case 't' -> matches(line, from, to, "trace") ? Severity.TRACE : Severity.NONE;
            case 'f' -> matches(line, from, to, "fatal") ? Severity.FATAL : Severity.NONE;
            case 's' -> matches(line, from, to, "severe") ? Severity.ERROR : Severity.NONE;
            case 'p' -> matches(line, from, to, "panic") ? Severity.FATAL : Severity.NONE;
            case 'c' ->
                    matches(line, from, to, "critical") || matches(line, from, to, "crit")
                            ? Severity.FATAL
                            : Severity.NONE;
            default -> Severity.NONE;
        };
    }

    /// Whether the range is the word, in whatever case.
    private static boolean matches(byte[] line, int from, int to, String word) {
        if (to - from != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if ((line[from + i] | 0x20) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCapitals(byte[] line, int from, int to) {
        for (int i = from; i < to; i++) {
            if (line[i] > 'Z') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(int value) {
        int lower = value | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    private static boolean isWordPart(int value) {
        return isLetter(value) || (value >= '0' && value <= '9') || value == '_' || value < 0;
    }
}
