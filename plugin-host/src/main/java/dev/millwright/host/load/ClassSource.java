package dev.millwright.host.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Reads the bytes of classes out of jars, each of which is opened once and not for each class.
/// Called from any thread; not after it was closed.
final class ClassSource implements AutoCloseable {
    private final Map<String, ZipFile> jars = new ConcurrentHashMap<>();

    /// @param place of a class, as a loader of classes has found it
    byte[] read(URL place) throws IOException {
        URLConnection connection = place.openConnection();
        if (connection instanceof JarURLConnection inJar) {
            return read(jar(inJar.getJarFileURL().toString()), inJar.getEntryName());
        }
        try (InputStream in = connection.getInputStream()) {
            return in.readAllBytes();
        }
    }

    /// The address of the jar that a place lies in, or of the file itself.
    static String origin(URL place) {
        String address = place.toString();
        int inside = address.lastIndexOf("!/");
        return address.startsWith("jar:") && inside > 0 ? address.substring(4, inside) : address;
    }

    private static byte[] read(ZipFile jar, String name) throws IOException {
        ZipEntry entry = Objects.requireNonNull(jar.getEntry(name));
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readNBytes((int) entry.getSize());
        }
    }

    private ZipFile jar(String address) throws IOException {
        try {
            return jars.computeIfAbsent(
                    address,
                    key -> {
                        try {
                            return new ZipFile(Path.of(URI.create(key)).toFile());
                        } catch (IOException broken) {
                            throw new UncheckedIOException(broken);
                        }
                    });
        } catch (UncheckedIOException broken) {
            throw broken.getCause();
        }
    }

    @Override
    public void close() throws IOException {
        for (ZipFile jar : jars.values()) {
            jar.close();
        }
    }
}
