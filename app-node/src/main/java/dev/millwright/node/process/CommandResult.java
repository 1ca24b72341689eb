package dev.millwright.node.process;

/// How a tool ended.
///
/// @param exitCode 0 for success
/// @param timedOut whether it was killed because it took too long
/// @param out what it wrote to standard output
/// @param err what it wrote to standard error, the end of it when it was long
public record CommandResult(int exitCode, boolean timedOut, String out, String err) {
    public boolean isSuccess() {
        return exitCode == 0 && !timedOut;
    }
}
