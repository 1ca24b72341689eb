package dev.millwright.node.attempt;

/// Says what an exit code usually means.
final class ExitCodes {
    private static final int SIGNAL = 128;
    private static final int LAST_SIGNAL = 64;

    private ExitCodes() {}

    static String describe(int code) {
        String meaning =
                switch (code) {
                    case 126 -> ": a command could not be run; is it executable?";
                    case 127 -> ": a command was not found";
                    case SIGNAL + 9 -> ": killed (signal 9), perhaps for lack of memory";
                    default ->
                            code > SIGNAL && code <= SIGNAL + LAST_SIGNAL
                                    ? ": ended by signal " + (code - SIGNAL)
                                    : "";
                };
        return "exit code " + code + meaning;
    }
}
