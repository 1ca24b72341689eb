package dev.millwright.node.plugin;

import dev.millwright.node.json.JsonObject;
import dev.millwright.node.json.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a server told of its plugins, as JSON on the node's disk. Pure; any thread.
final class OfferedPluginsJson {
    private OfferedPluginsJson() {}

    static String write(List<OfferedPlugin> plugins) {
        return JsonText.write(plugins.stream().map(OfferedPluginsJson::tree).toList());
    }

    private static Map<String, Object> tree(OfferedPlugin plugin) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", plugin.id());
        tree.put("version", plugin.version());
        tree.put("requires", plugin.requires());
        tree.put("sha256", plugin.sha256());
        tree.put("size", plugin.size());
        tree.put("form", plugin.form());
        tree.put("signature", plugin.signature());
        tree.put("runners", plugin.runners());
        return tree;
    }

    /// Throws [JacksonException], [NodeException] or [IllegalArgumentException] when the text is
    /// not what [#write] gives.
    static List<OfferedPlugin> read(String text) {
        return JsonText.objects(text).stream().map(OfferedPluginsJson::plugin).toList();
    }

    private static OfferedPlugin plugin(JsonObject tree) {
        return new OfferedPlugin(
                tree.text("id"),
                tree.text("version"),
                tree.text("requires"),
                tree.text("sha256"),
                tree.number("size"),
                tree.text("form"),
                tree.text("signature"),
                tree.texts("runners"));
    }
}
