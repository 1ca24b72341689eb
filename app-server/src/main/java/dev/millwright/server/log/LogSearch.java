package dev.millwright.server.log;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.millwright.model.MillwrightException;
import java.util.Locale;
import java.util.function.Predicate;

/// Say what to look for in a log; throws [MillwrightException] when the expression is malformed.
///
/// @param pattern plain text, or an expression in the syntax of RE2
/// @param isExpression whether the pattern is an expression
/// @param ignoreCase whether upper and lower case are the same
public record LogSearch(String pattern, boolean isExpression, boolean ignoreCase) {
    private static final int LONGEST = 1_000;

    public LogSearch {
        if (pattern.isEmpty() || pattern.length() > LONGEST) {
            throw new MillwrightException(
                    "search for 1 to %d characters, not %d".formatted(LONGEST, pattern.length()));
        }
        if (isExpression) {
            compile(pattern, ignoreCase);
        }
    }

    public static LogSearch text(String text) {
        return new LogSearch(text, false, true);
    }

    public static LogSearch expression(String expression) {
        return new LogSearch(expression, true, false);
    }

    Predicate<String> toPredicate() {
        if (isExpression) {
            Pattern compiled = compile(pattern, ignoreCase);
            return line -> compiled.matcher(line).find();
        }
        if (!ignoreCase) {
            return line -> line.contains(pattern);
        }
        String lower = pattern.toLowerCase(Locale.ROOT);
        return line -> line.toLowerCase(Locale.ROOT).contains(lower);
    }

    private static Pattern compile(String pattern, boolean ignoreCase) {
        try {
            return Pattern.compile(pattern, ignoreCase ? Pattern.CASE_INSENSITIVE : 0);
        } catch (PatternSyntaxException malformed) {
            throw new MillwrightException(
                    "'%s' is not an expression: %s".formatted(pattern, malformed.getDescription()),
                    malformed);
        }
    }
}
