package dev.millwright.engine.expression;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/// Matches names against patterns: `*` within a folder, `**` across folders, `{a,b}`, `[ab]`.
final class Globs {
    private Globs() {}

    static boolean matchesAny(List<String> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, name));
    }

    static boolean matches(String pattern, String name) {
        if (pattern.equals(name)) {
            return true;
        }
        // `**/x` is meant to match x at the top as well
        return glob(pattern, name) || (pattern.startsWith("**/") && glob(pattern.substring(3), name));
    }

    private static boolean glob(String pattern, String name) {
        try {
            return FileSystems.getDefault()
                    .getPathMatcher("glob:" + pattern)
                    .matches(Path.of(name));
        } catch (PatternSyntaxException | InvalidPathException unusable) {
            return false;
        }
    }
}
