package dev.millwright.server.plugin;

import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.HostSettings;
import dev.millwright.host.PluginHost;
import dev.millwright.host.load.LoadException;
import dev.millwright.model.MillwrightException;
import dev.millwright.server.config.ServerConfig;

/// Opens the plugins' folder as the configuration says, and looks at it again and again.
public final class ServerPlugins {
    private ServerPlugins() {}

    /// Load what is there. Throws [MillwrightException] when a trusted key is none.
    public static PluginHost open(ServerConfig config, SecretSource secrets) {
        ServerConfig.PluginsConfig plugins = config.plugins();
        try {
            return PluginHost.open(
                    new HostSettings(
                                    plugins.directory(),
                                    config.dataDir().resolve("plugin-data"),
                                    plugins.trustedKeys(),
                                    plugins.patience())
                            .with(config.network().wall()),
                    secrets);
        } catch (LoadException wrong) {
            throw new MillwrightException("'plugins.trusted-keys': " + wrong.getMessage(), wrong);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new MillwrightException("interrupted while plugins were loaded", stopped);
        }
    }

    /// Look for plugins that came, changed or went.
    public static void tick(PluginHost host) {
        try {
            var _ = host.tick();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
