package dev.millwright.engine.yaml;

import java.nio.charset.StandardCharsets;

/// Refuses text that a YAML parser should never see: too long, too deep, or with a huge line.
final class YamlLimits {
    static final int LONGEST_FILE = 256 * 1024;
    static final int LONGEST_LINE = 16 * 1024;
    static final int DEEPEST = 50;
    static final int MOST_VALUES = 100_000;

    private YamlLimits() {}

    /// Adds a problem for each limit that the text breaks.
    static void check(String file, String text, Problems problems) {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_FILE) {
            problems.add(
                    new Mark(file, 1, 1),
                    "",
                    "the file has %,d bytes, more than the %,d that are allowed"
                            .formatted(length, LONGEST_FILE),
                    "split it with 'include'");
            return;
        }
        int line = 1;
        int start = 0;
        int depth = 0;
        boolean tooDeep = false;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '\n';
            if (c == '\n') {
                if (i - start > LONGEST_LINE) {
                    problems.add(
                            new Mark(file, line, LONGEST_LINE),
                            "",
                            "line %d has %,d characters, more than the %,d that are allowed"
                                    .formatted(line, i - start, LONGEST_LINE),
                            "break it up");
                }
                tooDeep |= indentDepth(text, start) > DEEPEST;
                line++;
                start = i + 1;
            } else if (c == '[' || c == '{') {
                depth++;
                tooDeep |= depth > DEEPEST;
            } else if (c == ']' || c == '}') {
                depth = Math.max(0, depth - 1);
            }
            if (tooDeep) {
                problems.add(
                        new Mark(file, line, i - start + 1),
                        "",
                        "the file nests deeper than %d levels".formatted(DEEPEST),
                        "move the inner part into a file of its own with 'include'");
                return;
            }
        }
    }

    /// Nested block lists such as `- - - -` on one line; indentation itself is bounded by the line.
    private static int indentDepth(String text, int start) {
        int depth = 0;
        int i = start;
        while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '-')) {
            depth += text.charAt(i) == '-' ? 1 : 0;
            i++;
        }
        return depth > 3 && text.startsWith("---", start) ? 0 : depth;
    }
}
