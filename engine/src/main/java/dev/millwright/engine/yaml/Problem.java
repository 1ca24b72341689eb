package dev.millwright.engine.yaml;

/// One thing that is wrong with a file.
///
/// @param offending the text that is wrong; may be empty
/// @param message what is wrong, as a sentence without a full stop
/// @param suggestion what to do about it; may be empty
public record Problem(Mark mark, String offending, String message, String suggestion) {
    /// One line for people: `ci.yaml:3:5: unknown key 'comands'; did you mean 'commands'?`
    public String render() {
        String head = mark + ": " + message;
        return suggestion.isEmpty() ? head : head + "; " + suggestion;
    }
}
