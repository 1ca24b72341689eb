package dev.millwright.cli.resource;

import dev.millwright.api.resource.ApplyResult;
import dev.millwright.cli.terminal.Line;
import dev.millwright.cli.terminal.Style;
import dev.millwright.cli.terminal.Terminal;
import java.util.Locale;

/// Prints what became of documents.
final class Applied {
    private Applied() {}

    static String address(ApplyResult.Item item) {
        if (item.name().isEmpty()) {
            return "document";
        }
        String kind = item.kind().isEmpty() ? "resource" : item.kind().toLowerCase(Locale.ROOT);
        return item.namespace().isEmpty()
                ? kind + "/" + item.name()
                : kind + "/" + item.namespace() + "/" + item.name();
    }

    /// @param refused whether nothing is applied, because of one of them
    static void print(
            Terminal terminal,
            Bundle files,
            ApplyResult.Item item,
            boolean dryRun,
            boolean refused) {
        terminal.line(
                Line.of(style(item.action()), word(item.action(), refused))
                        .padTo(refused ? 12 : 10)
                        .add(" " + address(item))
                        .add(Style.DIM, dryRun ? "  (dry run)" : ""));
        // What is wrong with a document that is taken nonetheless
        String mark = isRefused(item.action()) ? "" : "warning: ";
        for (ApplyResult.Fault fault : item.problems()) {
            terminal.note(mark + text(files, fault));
        }
    }

    private static boolean isRefused(ApplyResult.Action action) {
        return switch (action) {
            case INVALID, CONFLICT -> true;
            case CREATED, CHANGED, DELETED, UNCHANGED -> false;
        };
    }

    private static String word(ApplyResult.Action action, boolean refused) {
        return switch (action) {
            case CREATED -> refused ? "would create" : "created";
            case CHANGED -> refused ? "would change" : "changed";
            case DELETED -> refused ? "would delete" : "deleted";
            case UNCHANGED, INVALID, CONFLICT -> action.name().toLowerCase(Locale.ROOT);
        };
    }

    static void fault(Terminal terminal, Bundle files, ApplyResult.Fault fault) {
        terminal.note(text(files, fault));
    }

    private static String text(Bundle files, ApplyResult.Fault fault) {
        StringBuilder text = new StringBuilder();
        Integer line = fault.line();
        text.append(line == null ? files.place() : files.place(line));
        if (line != null && fault.column() != null) {
            text.append(':').append(fault.column());
        }
        if (!text.isEmpty()) {
            text.append(": ");
        }
        if (line == null && !fault.pointer().isEmpty()) {
            text.append(fault.pointer()).append(": ");
        }
        text.append(fault.message());
        return fault.suggestion().isEmpty()
                ? text.toString()
                : text.append("; ").append(fault.suggestion()).toString();
    }

    private static Style style(ApplyResult.Action action) {
        return switch (action) {
            case CREATED -> Style.GREEN;
            case CHANGED, DELETED -> Style.YELLOW;
            case UNCHANGED -> Style.DIM;
            case INVALID, CONFLICT -> Style.RED;
        };
    }
}
