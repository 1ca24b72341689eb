package dev.millwright.node.process;

/// How a tool ended.
///
/// @param exitCode 0 for success
/// @param timedOut whether it was killed because it took too long
/// @param out what it wrote to standard output
/// @param err what it wrote to standard error, the end of it when it was long
public record CommandResult(int exitCode, boolean timedOut, String out, String err) {
    /// With other words on standard error.
    public CommandResult withErr(String words) {
        return new CommandResult(exitCode, timedOut, out, words);
    }

    public boolean isSuccess() {
        return exitCode == 0 && !timedOut;
    }
}
