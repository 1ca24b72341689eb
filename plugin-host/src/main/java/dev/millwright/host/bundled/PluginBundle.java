package dev.millwright.host.bundled;

import dev.millwright.host.load.LoadException;
import dev.millwright.host.load.PluginVersions;
import dev.millwright.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// A plugin's file that is not in use.
///
/// @param id as it says itself
/// @param version as it says itself; may be empty
/// @param suffix `jar` or `zip`
public record PluginBundle(Path file, String id, String version, String suffix, String sha256) {
    /// What stands in the file.
    private record Said(String id, String version) {}

    /// Throws [LoadException] when it is no plugin, or cannot be read.
    public static PluginBundle of(Path file) {
        String name = file.getFileName().toString();
        String suffix = name.substring(name.lastIndexOf('.') + 1);
        if (!suffix.equals("jar") && !suffix.equals("zip")) {
            throw new LoadException("%s is neither a jar nor a zip".formatted(file));
        }
        try (JarFile jar = new JarFile(file.toFile())) {
            Said said = suffix.equals("jar") ? ofManifest(jar) : ofProperties(jar);
            if (!said.id().matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
                throw new LoadException(
                        "%s is no plugin: %s"
                                .formatted(
                                        file,
                                        suffix.equals("jar")
                                                ? "its manifest has no Plugin-Id of lower-case letters, digits and '-'"
                                                : "it has no plugin.properties with a plugin.id"));
            }
            return new PluginBundle(file, said.id(), said.version(), suffix, Sha256.hex(file));
        } catch (ZipException broken) {
            throw new LoadException(
                    "%s is no plugin: it is not a whole jar or zip: %s"
                            .formatted(file, broken.getMessage()),
                    broken);
        } catch (IOException unreadable) {
            throw new LoadException(
                    "%s cannot be read: %s".formatted(file, unreadable.getMessage()), unreadable);
        }
    }

    /// Whether it should take the place of one in use: it is newer, or another build of the same
    /// version.
    boolean replaces(String usedVersion, String usedSha256) {
        return !sha256.equals(usedSha256)
                && (version.equals(usedVersion) || PluginVersions.isNewer(version, usedVersion));
    }

    /// Whether the version in use is a newer one.
    public boolean isOlderThan(String usedVersion) {
        return PluginVersions.isNewer(usedVersion, version);
    }

    private static Said ofManifest(JarFile jar) throws IOException {
        Manifest manifest = jar.getManifest();
        return manifest == null
                ? new Said("", "")
                : new Said(
                        text(manifest.getMainAttributes().getValue("Plugin-Id")),
                        text(manifest.getMainAttributes().getValue("Plugin-Version")));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    private static Said ofProperties(JarFile zip) throws IOException {
        Properties properties = new Properties();
        ZipEntry entry = zip.getEntry("plugin.properties");
        if (entry != null) {
            try (InputStream in = zip.getInputStream(entry)) {
                properties.load(in);
            }
        }
        return new Said(
                text(properties.getProperty("plugin.id")),
                text(properties.getProperty("plugin.version")));
    }
}
