package dev.millwright.engine.yaml;

/// A place in a file, counted from 1. Line 0 means that the place has no line: `file` is then a
/// pointer such as `Pipeline default/web#/spec/steps/0`.
public record Mark(String file, int line, int column) {
    /// A place that is told by its path alone.
    public static Mark pointer(String pointer) {
        return new Mark(pointer, 0, 0);
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
