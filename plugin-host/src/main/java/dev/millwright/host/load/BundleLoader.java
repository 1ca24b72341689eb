package dev.millwright.host.load;

import dev.millwright.plugin.PluginApi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.pf4j.PluginRuntimeException;

/// Makes classes out of a plugin's file, after everything was checked that can be checked without
/// them. Used by one thread at a time.
public final class BundleLoader {
    private static final Pattern ID = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private final Path copies;
    private final KnownJars known;
    private final TrustedKeys keys;
    private final String apiVersion;
    private int turn;

    /// @param copies a folder for copies of the files; which jars are known is kept beside it
    public BundleLoader(Path copies, TrustedKeys keys) {
        this(copies, keys, PluginApi.VERSION);
    }

    BundleLoader(Path copies, TrustedKeys keys, String apiVersion) {
        this.copies = copies;
        this.known = new KnownJars(copies.resolveSibling("known-jars"));
        this.keys = keys;
        this.apiVersion = apiVersion;
    }

    /// Forget the copies of an earlier life.
    public void clear() {
        try {
            PrivateCopy.delete(copies);
        } catch (IOException inUse) {
            throw new LoadException(
                    "%s cannot be emptied: %s".formatted(copies, inUse.getMessage()), inUse);
        }
    }

    /// Copy and check a file and make its class loader. Throws [LoadException].
    ///
    /// @param signature the file beside it; need not exist
    /// @param admission is given the content's SHA-256 and throws [LoadException] when it is not to
    ///   be loaded
    public LoadedBundle load(Path original, Path signature, Consumer<String> admission) {
        PrivateCopy copy =
                PrivateCopy.of(
                        original,
                        copies,
                        ++turn,
                        known,
                        (hash, file) -> {
                            admission.accept(hash);
                            keys.check(file, signature);
                        });
        try {
            LoadedBundle loaded = load(copy);
            if (copy.isJar()) {
                known.add(copy.sha256(), copy.mark());
            }
            return loaded;
        } catch (LoadException unfit) {
            copy.delete();
            throw unfit;
        }
    }

    private LoadedBundle load(PrivateCopy copy) {
        BundleManager manager = new BundleManager(copies, apiVersion);
        PluginManifest manifest = manifest(manager, copy);
        try {
            String id = manager.loadPlugin(copy.bundle());
            var _ = manager.startPlugin(id);
            return new LoadedBundle(manifest, copy, manager, manager.getPluginClassLoader(id));
        } catch (PluginRuntimeException unfit) {
            throw new LoadException(String.valueOf(unfit.getMessage()), unfit);
        }
    }

    private PluginManifest manifest(BundleManager manager, PrivateCopy copy) {
        PluginManifest manifest;
        try {
            manifest = manager.manifest(copy.bundle());
        } catch (PluginRuntimeException missing) {
            throw new LoadException(
                    "it says nothing about itself: a jar needs Plugin-Id, Plugin-Version and Plugin-Requires in META-INF/MANIFEST.MF, a zip a plugin.properties",
                    missing);
        }
        if (!ID.matcher(manifest.id()).matches()) {
            throw new LoadException(
                    "its Plugin-Id '%s' is not a name of up to 63 lower-case letters, digits and '-'"
                            .formatted(manifest.id()));
        }
        checkVersions(manager, manifest);
        if (manager.hasDependencies(copy.bundle())) {
            throw new LoadException(
                    "it depends on other plugins; put what it needs into its own jar or zip");
        }
        return manifest;
    }

    private void checkVersions(BundleManager manager, PluginManifest manifest) {
        ApiRange.check(manifest.requires(), apiVersion);
        try {
            var _ = manager.getVersionManager().compareVersions(manifest.version(), apiVersion);
        } catch (RuntimeException malformed) {
            throw new LoadException(
                    "its Plugin-Version '%s' is not a version such as 1.2.0"
                            .formatted(manifest.version()),
                    malformed);
        }
    }
}
