package dev.millwright.host.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A plugin whose classes can be used. Closed by one thread; asked by any.
public final class LoadedBundle implements AutoCloseable {
    private final PluginManifest manifest;
    private final PrivateCopy copy;
    private final BundleManager manager;
    private final ClassLoader classes;

    LoadedBundle(
            PluginManifest manifest, PrivateCopy copy, BundleManager manager, ClassLoader classes) {
        this.manifest = manifest;
        this.copy = copy;
        this.manager = manager;
        this.classes = classes;
    }

    public PluginManifest manifest() {
        return manifest;
    }

    public boolean isNewerThan(PluginManifest other) {
        return PluginVersions.isNewer(manifest.version(), other.version());
    }

    public String sha256() {
        return copy.sha256();
    }

    /// A copy of the plugin's file.
    public Path file() {
        return copy.file();
    }

    public ClassLoader classes() {
        return classes;
    }

    /// The classes that the bundle's `META-INF/services` names for a point, in its order. Throws
    /// [LoadException] when one of them is not there or does not fit.
    public List<Class<?>> extensions(Class<?> point) {
        List<Class<?>> found = new ArrayList<>();
        for (String name : names(point)) {
            try {
                Class<?> type = Class.forName(name, false, classes);
                if (!point.isAssignableFrom(type)) {
                    throw new LoadException(
                            "its class %s does not implement %s".formatted(name, point.getName()));
                }
                found.add(type);
            } catch (ClassNotFoundException | LinkageError missing) {
                throw new LoadException(
                        "its class %s cannot be loaded: %s".formatted(name, missing), missing);
            }
        }
        return found;
    }

    private List<String> names(Class<?> point) {
        List<String> names = new ArrayList<>();
        try {
            for (URL file :
                    Collections.list(
                            classes.getResources("META-INF/services/" + point.getName()))) {
                URLConnection connection = file.openConnection();
                connection.setUseCaches(false);
                try (BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        connection.getInputStream(), StandardCharsets.UTF_8))) {
                    lines.lines()
                            .map(line -> line.replaceFirst("#.*", "").strip())
                            .filter(line -> !line.isEmpty() && !names.contains(line))
                            .forEach(names::add);
                }
            }
        } catch (IOException unreadable) {
            throw new LoadException(
                    "its META-INF/services cannot be read: " + unreadable, unreadable);
        }
        return names;
    }

    @Override
    public void close() {
        var _ = manager.unloadPlugin(manifest.id());
        copy.delete();
    }
}
