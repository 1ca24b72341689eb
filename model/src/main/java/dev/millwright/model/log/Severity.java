package dev.millwright.model.log;

import java.util.Locale;

/// How grave a line says it is, in the numbers of OpenTelemetry. A line that says nothing is
/// `NONE`, also on standard error.
///
/// The order is part of the stored form of logs: new values go to the end.
public enum Severity {
    NONE(0),
    TRACE(1),
    DEBUG(5),
    INFO(9),
    WARN(13),
    ERROR(17),
    FATAL(21);

    private final int number;

    Severity(int number) {
        this.number = number;
    }

    /// The number in OpenTelemetry's log data model.
    public int number() {
        return number;
    }

    /// The word as users read and write it, such as `warn`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
