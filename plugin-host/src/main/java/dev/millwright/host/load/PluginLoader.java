package dev.millwright.host.load;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The classes of one plugin. Its own come first, so that it may bring any version of any library;
/// only the JDK, the plugin API, the model and SLF4J are everybody's.
final class PluginLoader extends URLClassLoader {
    static {
        var _ = ClassLoader.registerAsParallelCapable();
    }

    private final ClassLoader shared;
    private final ExitRewriter rewriter;
    private final ClassSource source = new ClassSource();

    /// By what classes come from.
    private final Map<String, ProtectionDomain> domains = new ConcurrentHashMap<>();

    PluginLoader(String plugin, URL[] places, ApiLoader shared) {
        super("plugin-" + plugin, places, shared);
        this.shared = shared;
        this.rewriter = new ExitRewriter(this);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            @Nullable Class<?> found = findLoadedClass(name);
            if (found == null) {
                found = look(name);
            }
            if (resolve) {
                resolveClass(found);
            }
            return found;
        }
    }

    private Class<?> look(String name) throws ClassNotFoundException {
        boolean foreign = name.startsWith("java.") || ApiLoader.isShared(name);
        try {
            return foreign ? shared.loadClass(name) : findClass(name);
        } catch (ClassNotFoundException missing) {
            return foreign ? findClass(name) : shared.loadClass(name);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        @Nullable URL place = findResource(name.replace('.', '/') + ".class");
        if (place == null) {
            throw new ClassNotFoundException(name);
        }
        try {
            byte[] bytes = rewriter.rewrite(source.read(place));
            definePackageOf(name);
            return defineClass(name, bytes, 0, bytes.length, domain(ClassSource.origin(place)));
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
    }

    private void definePackageOf(String name) {
        int dot = name.lastIndexOf('.');
        String packageName = dot < 0 ? "" : name.substring(0, dot);
        if (dot >= 0 && getDefinedPackage(packageName) == null) {
            try {
                var _ = definePackage(packageName, null, null, null, null, null, null, null);
            } catch (IllegalArgumentException raced) {
                // Another class of the package was loaded at this moment
            }
        }
    }

    private ProtectionDomain domain(String origin) {
        return domains.computeIfAbsent(
                origin,
                place -> {
                    try {
                        return new ProtectionDomain(
                                new CodeSource(URI.create(place).toURL(), (Certificate[]) null),
                                null,
                                this,
                                null);
                    } catch (MalformedURLException impossible) {
                        throw new IllegalStateException(impossible);
                    }
                });
    }

    @Override
    public void close() throws IOException {
        try (source) {
            super.close();
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        @Nullable URL own = findResource(name);
        return own == null ? shared.getResource(name) : own;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
        all.addAll(Collections.list(shared.getResources(name)));
        return Collections.enumeration(all);
    }
}
