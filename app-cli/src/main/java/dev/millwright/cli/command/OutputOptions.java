package dev.millwright.cli.command;

import dev.millwright.api.ApiJson;
import dev.millwright.cli.terminal.Table;
import dev.millwright.cli.terminal.Terminal;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;

/// The options that say in which form an answer is printed. One thread.
public final class OutputOptions {
    /// The forms.
    public enum Format {
        TABLE,
        JSON,
        YAML,
        NAME;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "table, json, yaml or name (default: table)")
    private Format format = Format.TABLE;

    @Option(names = "--no-headers", description = "Leave out the heads of tables")
    private boolean noHeaders;

    public Format format() {
        return format;
    }

    /// Print several things.
    public <T> void list(
            Terminal terminal, List<T> items, Table table, Function<T, String> name, String none) {
        switch (format) {
            case TABLE -> {
                if (items.isEmpty()) {
                    terminal.note(none);
                } else {
                    terminal.lines(table.lines(!noHeaders));
                }
            }
            case JSON, YAML -> data(terminal, items);
            case NAME -> items.forEach(item -> terminal.line(name.apply(item)));
        }
    }

    /// Print one thing.
    ///
    /// @param table prints it for people
    public <T> void one(Terminal terminal, T item, Runnable table, String name) {
        switch (format) {
            case TABLE -> table.run();
            case JSON, YAML -> data(terminal, item);
            case NAME -> terminal.line(name);
        }
    }

    /// Print a table that belongs to one thing.
    public void table(Terminal terminal, Table table) {
        terminal.lines(table.lines(!noHeaders));
    }

    private void data(Terminal terminal, Object item) {
        if (format == Format.JSON) {
            terminal.line(
                    ApiJson.builder()
                            .enable(SerializationFeature.INDENT_OUTPUT)
                            .build()
                            .writeValueAsString(item));
        } else {
            Object tree = ApiJson.mapper().convertValue(item, Object.class);
            terminal.out().print(YamlText.of(tree));
            terminal.out().flush();
        }
    }
}
