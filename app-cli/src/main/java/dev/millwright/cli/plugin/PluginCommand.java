package dev.millwright.cli.plugin;

import dev.millwright.api.MillwrightClient;
import dev.millwright.api.plugin.PluginView;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.OutputOptions;
import dev.millwright.cli.command.ServerCommand;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.terminal.Table;
import dev.millwright.host.bundled.BundledPlugins;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `millwright plugin`.
@Command(
        name = "plugin",
        description = {
            "List the plugins of a server.",
            "'plugin install', 'update' and 'remove' change them while the server runs; "
                    + "'plugin new' begins a plugin of your own."
        })
public final class PluginCommand extends ServerCommand {
    /// What stands on one line of a list, without its indent.
    private static final int WIDTH = 76;

    /// What to do.
    enum Verb {
        LIST;

        @Override
        public String toString() {
            return "list";
        }
    }

    @Parameters(index = "0", arity = "0..1", paramLabel = "list", description = "The default")
    @SuppressWarnings("UnusedVariable") // there is only one
    private Verb verb = Verb.LIST;

    @Option(names = "--wide", description = "With the extension points and the files")
    private boolean wide;

    @Mixin private OutputOptions output = new OutputOptions();

    private PluginCommand(Surroundings around) {
        super(around);
    }

    /// With the commands that have options of their own.
    public static CommandLine line(Surroundings around) {
        return new CommandLine(new PluginCommand(around))
                .addSubcommand(new PluginInstallCommand(around))
                .addSubcommand(new PluginUpdateCommand(around))
                .addSubcommand(new PluginRemoveCommand(around))
                .addSubcommand(new PluginNewCommand(around));
    }

    @Override
    protected int call(MillwrightClient client, String namespace) {
        List<PluginView> plugins =
                client.plugins().items().stream()
                        .sorted(Comparator.comparing(PluginTable::name))
                        .toList();
        Table table = wide ? PluginTable.wide(plugins) : PluginTable.narrow(plugins);
        output.list(terminal(), plugins, table, PluginView::id, "no plugins");
        if (output.format() == OutputOptions.Format.TABLE) {
            plugins.stream()
                    .map(plugin -> plugin.file() + ": " + trouble(plugin))
                    .filter(line -> !line.endsWith(": "))
                    .forEach(terminal()::note);
            List<Update> updates = Update.of(plugins);
            updates.forEach(update -> terminal().note("update available: " + update.text()));
            if (!updates.isEmpty()) {
                terminal().note("'millwright plugin update --all' installs what is available");
            }
            offer(plugins);
        }
        return ExitCode.OK;
    }

    private void offer(List<PluginView> plugins) {
        List<String> more =
                BundledPlugins.find().names().stream()
                        .filter(name ->
                                plugins.stream()
                                        .filter(PluginFolder::isUsed)
                                        .noneMatch(one -> one.id().equals(name)))
                        .toList();
        if (!more.isEmpty()) {
            terminal().note("to be had with 'millwright plugin install NAME':");
            wrapped(more).forEach(line -> terminal().note("  " + line));
        }
    }

    private static List<String> wrapped(List<String> names) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String name : names) {
            if (!line.isEmpty() && line.length() + 2 + name.length() > WIDTH) {
                lines.add(line.append(',').toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : ", ").append(name);
        }
        lines.add(line.toString());
        return lines;
    }

    private static String trouble(PluginView plugin) {
        String slow =
                plugin.overdue() == 0
                        ? ""
                        : "%d calls of it do not end".formatted(plugin.overdue());
        return Stream.of(plugin.reason(), plugin.warning(), slow)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
    }
}
