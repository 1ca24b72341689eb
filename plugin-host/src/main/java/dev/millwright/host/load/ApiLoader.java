package dev.millwright.host.load;

import dev.millwright.plugin.PluginApi;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parent of all plugins' class loaders: shows the plugin API, the model and SLF4J out of the
/// program, and nothing else of it.
final class ApiLoader extends ClassLoader {
    private static final List<String> SHARED =
            List.of("dev.millwright.plugin.", "dev.millwright.model.", "org.slf4j.");

    private final ClassLoader program = PluginApi.class.getClassLoader();

    ApiLoader() {
        super("plugin-api", ClassLoader.getPlatformClassLoader());
    }

    /// Whether the program's class wins over one that a plugin brings along.
    static boolean isShared(String name) {
        return SHARED.stream().anyMatch(name::startsWith);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (isShared(name)) {
            return program.loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        return null;
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        return Collections.emptyEnumeration();
    }
}
