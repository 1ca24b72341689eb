package dev.millwright.host.load;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pf4j.CompoundPluginDescriptorFinder;
import org.pf4j.DefaultPluginManager;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.Plugin;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginStatusProvider;
import org.pf4j.PropertiesPluginDescriptorFinder;

/// PF4J for one plugin alone, since it is not made for several threads and cannot have two versions
/// of one plugin at the same time. Used by one thread at a time.
final class BundleManager extends DefaultPluginManager {
    /// What the bundle says about itself, once it was read: that takes time, and is needed often.
    private @Nullable PluginDescriptor descriptor;

    BundleManager(Path folder, String apiVersion) {
        super(folder);
        setSystemVersion(apiVersion);
    }

    /// What the bundle says about itself, without loading any class of it.
    PluginManifest manifest(Path bundle) {
        PluginDescriptor found = getPluginDescriptorFinder().find(bundle);
        return new PluginManifest(
                text(found.getPluginId()),
                text(found.getVersion()),
                text(found.getRequires()),
                text(found.getProvider()),
                text(found.getPluginDescription()),
                text(found.getLicense()));
    }

    boolean hasDependencies(Path bundle) {
        return !getPluginDescriptorFinder().find(bundle).getDependencies().isEmpty();
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    @Override
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
        PluginDescriptorFinder finder = finder();
        return new PluginDescriptorFinder() {
            @Override
            public boolean isApplicable(Path bundle) {
                return finder.isApplicable(bundle);
            }

            @Override
            public PluginDescriptor find(Path bundle) {
                PluginDescriptor found = descriptor;
                if (found == null) {
                    found = finder.find(bundle);
                    descriptor = found;
                }
                return found;
            }
        };
    }

    /// What is unpacked has a `plugin.properties`; a jar speaks by its manifest alone. To look for
    /// the other in it would open it as a file system, several times.
    private static PluginDescriptorFinder finder() {
        return new CompoundPluginDescriptorFinder()
                .add(
                        new PropertiesPluginDescriptorFinder() {
                            @Override
                            public boolean isApplicable(Path bundle) {
                                return Files.isDirectory(bundle);
                            }
                        })
                .add(new ManifestPluginDescriptorFinder());
    }

    @Override
    protected org.pf4j.PluginLoader createPluginLoader() {
        return new BundleClassPath();
    }

    /// Plugins have extensions and no class of PF4J.
    @Override
    protected PluginFactory createPluginFactory() {
        return wrapper -> new Plugin() {};
    }

    /// The folder alone tells which plugins are wanted.
    @Override
    protected PluginStatusProvider createPluginStatusProvider() {
        return new PluginStatusProvider() {
            @Override
            public boolean isPluginDisabled(String pluginId) {
                return false;
            }

            @Override
            public void disablePlugin(String pluginId) {}

            @Override
            public void enablePlugin(String pluginId) {}
        };
    }
}
