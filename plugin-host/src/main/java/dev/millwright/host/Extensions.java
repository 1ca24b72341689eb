package dev.millwright.host;

import dev.millwright.host.life.LoadedExtension;
import dev.millwright.host.life.LoadedPlugin;
import dev.millwright.host.life.PluginUse;
import dev.millwright.host.use.Point;
import dev.millwright.host.use.Use;
import dev.millwright.plugin.Extension;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// All extensions that can be used now: those of Millwright and those of plugins.
///
/// Called from any thread. What is found may be gone a moment later; then its calls say so.
public final class Extensions {
    private volatile Map<Key, Use<?>> builtIn = Map.of();
    private volatile Map<Key, Use<?>> all = Map.of();
    private Collection<LoadedPlugin> plugins = List.of();

    private record Key(Point<?> point, String kind) {}

    /// Only what is built in, for a program without a folder for plugins.
    public static Extensions withoutPlugins() {
        return new Extensions();
    }

    /// Add an extension that is a part of Millwright; no plugin can have the same kind.
    public synchronized <T extends Extension<?>> Extensions add(Point<T> point, T extension) {
        Map<Key, Use<?>> more = new LinkedHashMap<>(builtIn);
        more.put(
                new Key(point, extension.kind()),
                new BuiltIn<>(extension, UUID.randomUUID().toString()));
        builtIn = Map.copyOf(more);
        publish(plugins);
        return this;
    }

    /// The extension of that kind, if there is one.
    @SuppressWarnings("unchecked") // the key's point is that of the use
    public <T extends Extension<?>> Optional<Use<T>> find(Point<T> point, String kind) {
        return Optional.ofNullable((Use<T>) all.get(new Key(point, kind)));
    }

    /// All extensions of a point, by kind.
    @SuppressWarnings("unchecked") // the key's point is that of the use
    public <T extends Extension<?>> List<Use<T>> all(Point<T> point) {
        return all.entrySet().stream()
                .filter(entry -> entry.getKey().point().equals(point))
                .sorted(Map.Entry.comparingByKey(java.util.Comparator.comparing(Key::kind)))
                .map(entry -> (Use<T>) entry.getValue())
                .toList();
    }

    /// Who has the kind already, if not the plugin with that id; empty when nobody has.
    synchronized Optional<String> owner(LoadedExtension extension, String exceptPlugin) {
        Key key = new Key(extension.point(), extension.kind());
        @Nullable Use<?> found = all.get(key);
        boolean own =
                found instanceof PluginUse<?> use
                        && use.plugin().manifest().id().equals(exceptPlugin);
        return found == null || own ? Optional.empty() : Optional.of(found.origin());
    }

    synchronized void publish(Collection<LoadedPlugin> loaded) {
        Map<Key, Use<?>> now = new LinkedHashMap<>();
        for (LoadedPlugin plugin : loaded) {
            for (LoadedExtension extension : plugin.extensions()) {
                now.put(
                        new Key(extension.point(), extension.kind()),
                        use(extension.point(), plugin, extension));
            }
        }
        now.putAll(builtIn);
        plugins = List.copyOf(loaded);
        all = Map.copyOf(now);
    }

    private static <T extends Extension<?>> Use<T> use(
            Point<T> point, LoadedPlugin plugin, LoadedExtension extension) {
        return new PluginUse<>(plugin, extension, point.cast(extension.extension()));
    }
}
