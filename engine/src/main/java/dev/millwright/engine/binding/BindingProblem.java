package dev.millwright.engine.binding;

/// One thing that is wrong with a configuration.
///
/// @param pointer JSON Pointer to it; empty for the whole
/// @param message one sentence for people that says what to do
public record BindingProblem(String pointer, String message) {
    /// For people: `hooks/0/url: ...`.
    public String render() {
        return pointer.isEmpty() ? message : pointer.substring(1) + ": " + message;
    }
}
