package dev.millwright.cli.node;

/// The log of a node: one line on standard error for each event, where other commands only warn.
final class NodeLog {
    private NodeLog() {}

    /// Must come before anything is logged: the log is set up from these properties then.
    static void open() {
        setDefault("millwright.cli.log.level", "INFO");
        setDefault(
                "millwright.cli.log.pattern", "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %msg%n");
    }

    private static void setDefault(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
