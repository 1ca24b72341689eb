package dev.millwright.cli.tree;

import dev.millwright.api.run.Status;
import dev.millwright.cli.terminal.Style;
import dev.millwright.cli.terminal.Symbols;

/// How a status looks: its sign and its colours.
public final class Looks {
    private Looks() {}

    public static String symbol(Status status, Symbols symbols) {
        return switch (status) {
            case PENDING -> symbols.pending();
            case BLOCKED, QUEUED -> symbols.waiting();
            case RUNNING, CANCELLING -> symbols.running();
            case SUCCESS -> symbols.success();
            case WARNING -> symbols.warning();
            case FAILURE, ERROR, TIMEOUT -> symbols.failure();
            case CANCELLED, SKIPPED -> symbols.skipped();
        };
    }

    public static Style style(Status status) {
        return switch (status) {
            case PENDING, SKIPPED -> Style.DIM;
            case BLOCKED, QUEUED, CANCELLED, CANCELLING, WARNING -> Style.YELLOW;
            case RUNNING -> Style.CYAN;
            case SUCCESS -> Style.GREEN;
            case FAILURE, ERROR, TIMEOUT -> Style.RED;
        };
    }

    /// The style of the name behind the sign.
    static Style name(Status status) {
        return switch (status) {
            case PENDING, SKIPPED -> Style.DIM;
            case FAILURE, ERROR, TIMEOUT -> Style.RED;
            case BLOCKED, QUEUED, CANCELLED, CANCELLING, WARNING, RUNNING, SUCCESS -> Style.PLAIN;
        };
    }

    static Style strong(Status status) {
        return switch (status) {
            case SUCCESS -> Style.BOLD_GREEN;
            case FAILURE, ERROR, TIMEOUT -> Style.BOLD_RED;
            case WARNING, CANCELLED, CANCELLING, BLOCKED, QUEUED -> Style.BOLD_YELLOW;
            case RUNNING, PENDING, SKIPPED -> Style.BOLD_CYAN;
        };
    }
}
