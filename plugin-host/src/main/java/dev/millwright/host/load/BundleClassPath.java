package dev.millwright.host.load;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.pf4j.PluginDescriptor;

/// Gives a bundle its class loader: over the jar itself, or over `classes/` and `lib/*.jar` of what
/// was a zip.
final class BundleClassPath implements org.pf4j.PluginLoader {
    @Override
    public boolean isApplicable(Path bundle) {
        return true;
    }

    @Override
    public ClassLoader loadPlugin(Path bundle, PluginDescriptor descriptor) {
        try {
            List<URL> places = new ArrayList<>();
            for (Path place : places(bundle)) {
                places.add(place.toUri().toURL());
            }
            return new PluginLoader(
                    descriptor.getPluginId(), places.toArray(URL[]::new), new ApiLoader());
        } catch (IOException unreadable) {
            throw new LoadException("its files cannot be read: " + unreadable, unreadable);
        }
    }

    private static List<Path> places(Path bundle) throws IOException {
        if (Files.isRegularFile(bundle)) {
            return List.of(bundle);
        }
        List<Path> places = new ArrayList<>(List.of(bundle.resolve("classes")));
        Path libraries = bundle.resolve("lib");
        if (Files.isDirectory(libraries)) {
            try (Stream<Path> entries = Files.list(libraries)) {
                entries.filter(entry -> entry.toString().endsWith(".jar"))
                        .sorted()
                        .forEach(places::add);
            }
        }
        return places;
    }
}
