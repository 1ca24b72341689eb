package dev.millwright.cli.plugin;

import dev.millwright.api.plugin.PluginView;
import dev.millwright.cli.terminal.Table;
import dev.millwright.cli.terminal.TextWidth;
import java.util.ArrayList;
import java.util.List;

/// The plugins of a server as a table: one that fits into a usual terminal, or one with everything.
final class PluginTable {
    private static final int USUAL_WIDTH = 80;
    private static final int GAP = 2;

    private PluginTable() {}

    static Table wide(List<PluginView> plugins) {
        Table table = Table.of("PLUGIN", "VERSION", "STATE", "OFFERS", "FILE");
        plugins.forEach(plugin ->
                table.row(
                        plugin.id().isEmpty() ? "-" : plugin.id(),
                        plugin.version(),
                        plugin.state(),
                        offers(plugin),
                        plugin.file()));
        return table;
    }

    /// What could not be read goes by the name of its file.
    static Table narrow(List<PluginView> plugins) {
        int room =
                USUAL_WIDTH
                        - 3 * GAP
                        - widest("PLUGIN", plugins.stream().map(PluginTable::name).toList())
                        - widest("VERSION", plugins.stream().map(PluginView::version).toList())
                        - widest("STATE", plugins.stream().map(PluginView::state).toList());
        Table table = Table.of("PLUGIN", "VERSION", "STATE", "OFFERS");
        plugins.forEach(plugin ->
                table.row(name(plugin), plugin.version(), plugin.state(), kinds(plugin, room)));
        return table;
    }

    private static int widest(String head, List<String> texts) {
        return texts.stream().mapToInt(TextWidth::of).reduce(TextWidth.of(head), Math::max);
    }

    static String name(PluginView plugin) {
        return plugin.id().isEmpty() ? plugin.file() : plugin.id();
    }

    /// The names that users write, as many of them as there is room for.
    private static String kinds(PluginView plugin, int room) {
        List<String> kinds =
                plugin.extensions().stream().map(PluginView.Extension::kind).distinct().toList();
        List<String> shown = new ArrayList<>(kinds);
        String text = String.join(", ", shown);
        while (shown.size() > 1 && TextWidth.of(text) > room) {
            shown.removeLast();
            text = "%s, +%d more".formatted(String.join(", ", shown), kinds.size() - shown.size());
        }
        return text;
    }

    /// With the points, such as `Runner:container`.
    static String offers(PluginView plugin) {
        return String.join(
                ",",
                plugin.extensions().stream().map(one -> one.point() + ":" + one.kind()).toList());
    }
}
