package dev.millwright.cli.log;

/// The log of a node: one line on standard error for each event, where other commands only warn.
public final class NodeLog {
    private NodeLog() {}

    /// Must come before anything is logged: the log is set up from these properties then.
    public static void open() {
        setDefault(StandardErrorLog.LEVEL, "INFO");
        setDefault(StandardErrorLog.TIMES, "true");
    }

    private static void setDefault(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
