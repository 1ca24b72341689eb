package dev.millwright.engine.yaml;

/// One thing that is wrong with a file.
///
/// @param offending the text that is wrong; may be empty
/// @param message what is wrong, as a sentence without a full stop
/// @param suggestion what to do about it; may be empty
/// @param source the line of the file that holds the offending text; may be empty
public record Problem(
        Mark mark, String offending, String message, String suggestion, String source) {
    private static final int WIDEST = 120;

    public Problem(Mark mark, String offending, String message, String suggestion) {
        this(mark, offending, message, suggestion, "");
    }

    /// One line for people: `ci.yaml:3:5: unknown key 'comands'; did you mean 'commands'?`
    public String line() {
        String head = mark + ": " + message;
        return suggestion.isEmpty() ? head : head + "; " + suggestion;
    }

    /// [#line()], and below it the line of the file with a mark under the offending text.
    public String render() {
        if (source.isBlank() || source.length() > WIDEST || mark.column() > source.length()) {
            return line();
        }
        int start = mark.column() - 1;
        // Tabs stay, so that the mark stands where the terminal puts the text
        String indent = source.substring(0, start).replaceAll("[^\t]", " ");
        int width = Math.min(offending.length(), source.length() - start);
        boolean whole = source.startsWith(offending, start) && !offending.isEmpty();
        return "%s%n    %s%n    %s%s"
                .formatted(line(), source, indent, "^".repeat(whole ? Math.max(1, width) : 1))
                .replace("\r\n", "\n");
    }
}
