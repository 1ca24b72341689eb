package dev.millwright.testkit;

import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.HostSettings;
import dev.millwright.host.PluginHost;
import dev.millwright.host.PluginStatus;
import dev.millwright.host.call.BoundExporter;
import dev.millwright.host.call.BoundFormat;
import dev.millwright.host.call.BoundNotifier;
import dev.millwright.host.call.BoundPoll;
import dev.millwright.host.call.BoundScm;
import dev.millwright.host.call.BoundSecretStore;
import dev.millwright.host.call.BoundWebhook;
import dev.millwright.host.call.HostedRunner;
import dev.millwright.host.use.Point;
import dev.millwright.host.use.Use;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.Extension;
import dev.millwright.plugin.NetworkWall;
import dev.millwright.plugin.runner.Runner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A built plugin, loaded the way a server loads it: from its jar or zip, in a class loader of its
/// own, with all guards. Close it after use.
///
/// ```java
/// try (PluginUnderTest plugin = PluginUnderTest.of(BuiltPlugin.find())) {
///     Verification answer = plugin.webhook("github", Map.of("secret", "${env:S}")).verify(request);
/// }
/// ```
///
/// Secrets: `${env:NAME}` is `secret-NAME`, and what [Builder#secret] says.
public final class PluginUnderTest implements AutoCloseable {
    private final Path folder;
    private final PluginHost host;
    private final SecretSource secrets;

    private PluginUnderTest(Path folder, PluginHost host, SecretSource secrets) {
        this.folder = folder;
        this.host = host;
        this.secrets = secrets;
    }

    /// Load it without settings.
    public static PluginUnderTest of(Path plugin) {
        return builder(plugin).load();
    }

    /// Say more about how it is loaded.
    public static Builder builder(Path plugin) {
        return new Builder(plugin);
    }

    /// How a plugin is loaded. Used by one thread.
    public static final class Builder {
        private final Path plugin;
        private final Map<String, String> secrets = new HashMap<>();
        private final Map<String, String> settings = new HashMap<>();
        private NetworkWall wall = NetworkWall.OPEN;

        private Builder(Path plugin) {
            this.plugin = plugin;
        }

        /// The value of `${env:NAME}`.
        public Builder secret(String name, String value) {
            secrets.put("${env:%s}".formatted(name), value);
            return this;
        }

        /// What stands in `PLUGIN-ID.yaml` beside the plugin.
        public Builder settings(String pluginId, String yaml) {
            settings.put(pluginId, yaml);
            return this;
        }

        /// What it may reach; everything unless this says otherwise, since its counterparts are on
        /// this machine.
        public Builder wall(NetworkWall allowed) {
            wall = allowed;
            return this;
        }

        /// Throws [IllegalStateException] with the reason when it cannot be loaded.
        public PluginUnderTest load() {
            SecretSource source =
                    reference ->
                            Optional.of(
                                    secrets.getOrDefault(
                                            reference,
                                            reference.replaceFirst(
                                                    "^\\$\\{\\w+:(.*)}$", "secret-$1")));
            try {
                Path folder = Files.createTempDirectory("plugin-under-test");
                Path plugins = Files.createDirectory(folder.resolve("plugins"));
                for (Map.Entry<String, String> one : settings.entrySet()) {
                    Files.writeString(plugins.resolve(one.getKey() + ".yaml"), one.getValue());
                }
                Files.copy(
                        plugin,
                        plugins.resolve(plugin.getFileName().toString()),
                        StandardCopyOption.COPY_ATTRIBUTES);
                PluginHost host =
                        PluginHost.open(
                                new HostSettings(
                                                plugins,
                                                folder.resolve("data"),
                                                List.of(),
                                                Duration.ofSeconds(10))
                                        .with(wall),
                                source);
                return new PluginUnderTest(folder, host, source).checked();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(stopped);
            }
        }
    }

    private PluginUnderTest checked() {
        PluginStatus status = status();
        if (status.state() != PluginStatus.State.STARTED) {
            close();
            throw new IllegalStateException(
                    "%s cannot be loaded: %s".formatted(status.file(), status.reason()));
        }
        return this;
    }

    /// What `millwright plugin list` would show of it.
    public PluginStatus status() {
        return host.plugins().getFirst();
    }

    /// Any of its extensions. Throws [IllegalArgumentException] when it has none of that kind.
    public <T extends Extension<?>> Use<T> extension(Point<T> point, String kind) {
        return host.extensions()
                .find(point, kind)
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "%s has no %s '%s', but %s"
                                        .formatted(
                                                status().id(),
                                                point.name(),
                                                kind,
                                                status().extensions().stream()
                                                        .map(one ->
                                                                one.point()
                                                                        + " '"
                                                                        + one.kind()
                                                                        + "'")
                                                        .toList())));
    }

    public BoundWebhook webhook(String kind, Map<String, Object> hook) {
        return new BoundWebhook(extension(Point.WEBHOOK, kind), new Parameters(hook), secrets);
    }

    public BoundPoll poll(String kind, Map<String, Object> poll) {
        return new BoundPoll(extension(Point.POLL, kind), new Parameters(poll), secrets);
    }

    public BoundExporter exporter(String kind, Map<String, Object> settings) {
        return new BoundExporter(
                extension(Point.EXPORTER, kind), new Parameters(settings), secrets);
    }

    public BoundNotifier notifier(String kind, Map<String, Object> settings) {
        return new BoundNotifier(
                extension(Point.NOTIFIER, kind), new Parameters(settings), secrets);
    }

    public BoundSecretStore secretStore(String kind, Map<String, Object> settings) {
        return new BoundSecretStore(
                extension(Point.SECRET_STORE, kind), new Parameters(settings), secrets);
    }

    public BoundFormat format(String kind, Map<String, Object> settings) {
        return new BoundFormat(extension(Point.FORMAT, kind), new Parameters(settings), secrets);
    }

    public BoundScm scm(String kind, Map<String, Object> settings) {
        return new BoundScm(extension(Point.SCM, kind), new Parameters(settings), secrets);
    }

    /// Give each step to it as [Parameters]; it binds them as the node would.
    public Runner<Parameters> runner(String kind) {
        return new HostedRunner(extension(Point.RUNNER, kind), secrets);
    }

    /// Take the plugin away as an administrator does, and wait until nothing of it goes on.
    @Override
    public void close() {
        host.close();
        try {
            Folders.delete(folder);
        } catch (IOException inUse) {
            throw new UncheckedIOException(inUse);
        }
    }
}
