package dev.millwright.server.log;

/// Say what to look for in a log.
///
/// @param pattern plain text, or an expression in the syntax of RE2
/// @param isExpression whether the pattern is an expression
/// @param ignoreCase whether upper and lower case are the same
public record LogSearch(String pattern, boolean isExpression, boolean ignoreCase) {
    public static LogSearch text(String text) {
        return new LogSearch(text, false, true);
    }

    public static LogSearch expression(String expression) {
        return new LogSearch(expression, true, false);
    }
}
