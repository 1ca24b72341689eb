package dev.millwright.server.config;

import dev.millwright.model.NodeName;
import dev.millwright.plugin.NetworkWall;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All settings of a server, checked. Immutable.
///
/// @param dataDir where the server keeps everything that must outlive it
/// @param port 0 for any free one
/// @param baseUrlOrNull how users reach the server, when that is not its own address
/// @param insecure whether an address other than loopback may be used without TLS
/// @param values every key with its value in text form and its origin, for [#show]
/// @param warnings what an operator should know, such as unknown variables
public record ServerConfig(
        Path dataDir,
        String bindAddress,
        int port,
        @Nullable URI baseUrlOrNull,
        boolean insecure,
        DatabaseConfig database,
        ClusterConfig cluster,
        LinkConfig link,
        NodeConfig node,
        NodesConfig nodes,
        QueueConfig queue,
        ResourcesConfig resources,
        RetentionConfig retention,
        PluginsConfig plugins,
        WebhookConfig webhook,
        NetworkConfig network,
        GitConfig git,
        LogConfig log,
        List<ConfigValue> values,
        List<String> warnings) {

    /// Which database to use.
    ///
    /// @param url JDBC address; empty for the embedded database in the data directory
    /// @param password never printed
    /// @param minFree bytes of room below which the embedded database writes nothing
    public record DatabaseConfig(
            String url, String user, String password, int poolSize, long minFree) {
        @Override
        public String toString() {
            return "DatabaseConfig[url=%s, user=%s]".formatted(url, user);
        }
    }

    /// What the servers of one database share.
    ///
    /// @param key base64 of what seals the authority's key; empty to keep it in the data directory;
    ///   never printed
    public record ClusterConfig(String key) {
        @Override
        public String toString() {
            return "ClusterConfig[]";
        }
    }

    /// Where nodes come in.
    ///
    /// @param port 0 for any free one
    /// @param address how nodes reach it, `host:port` or `host`; empty for the host of the base URL
    public record LinkConfig(int port, String bindAddress, String address) {}

    /// The node that lives inside the server.
    ///
    /// @param name `local` unless several servers share a database
    /// @param slots how many steps it runs at once
    /// @param logLimit bytes that a step may write
    /// @param workspaceLimit bytes that are checked out for one run
    /// @param workspaceFiles the same in files
    /// @param shell what scripts are given to when the step names none
    public record NodeConfig(
            NodeName name,
            int slots,
            Path workspaceRoot,
            Duration grace,
            long logLimit,
            long workspaceLimit,
            int workspaceFiles,
            List<String> shell) {
        public NodeConfig {
            shell = List.copyOf(shell);
        }
    }

    /// All nodes.
    ///
    /// @param heartbeat how often they say that they live
    /// @param suspectAfter silence after which a node gets nothing new
    /// @param unreachableAfter silence after which it counts as gone
    /// @param lostAfter silence after which its steps count as lost
    public record NodesConfig(
            Duration heartbeat,
            Duration suspectAfter,
            Duration unreachableAfter,
            Duration lostAfter) {}

    public record QueueConfig(int workers, Duration poll, Duration sweep) {}

    /// Sources of resources besides the API.
    ///
    /// @param interval how often sources are looked at
    /// @param maxSize of all that one source gives, in bytes
    public record ResourcesConfig(
            @Nullable Path directoryOrNull,
            @Nullable URI urlOrNull,
            Duration interval,
            long maxSize) {
        public Optional<Path> directory() {
            return Optional.ofNullable(directoryOrNull);
        }

        public Optional<URI> url() {
            return Optional.ofNullable(urlOrNull);
        }
    }

    /// How long things are kept.
    ///
    /// @param maxAge of finished runs
    /// @param runsPerPipeline finished runs kept of each pipeline
    /// @param logSize bytes of all stored logs together
    /// @param logAge of logs; zero, here and below: for ever
    /// @param deliveryAge of deliveries with their bodies
    /// @param eventAge of the journal
    /// @param interval how often old things are looked for
    public record RetentionConfig(
            Duration maxAge,
            int runsPerPipeline,
            long logSize,
            Duration logAge,
            Duration deliveryAge,
            Duration eventAge,
            Duration interval) {}

    /// What may extend the server.
    ///
    /// @param directory where plugins are put; need not exist
    /// @param trustedKeys whose plugins are loaded; none: everybody's
    /// @param patience how long calls of a plugin that goes are waited for
    public record PluginsConfig(Path directory, List<String> trustedKeys, Duration patience) {
        public PluginsConfig {
            trustedKeys = List.copyOf(trustedKeys);
        }
    }

    /// Limits on hooks.
    ///
    /// @param maxBody bytes of a request to a hook
    public record WebhookConfig(long maxBody) {}

    /// What git may do.
    ///
    /// @param allowFile whether repositories may be directories of this machine
    /// @param timeout for each conversation with a repository
    /// @param repositoryLimit bytes of the copy of one repository
    public record GitConfig(
            boolean allowFile, boolean allowHttp, Duration timeout, long repositoryLimit) {}

    /// What may be reached for users.
    public record NetworkConfig(NetworkWall wall) {}

    /// The server's own log.
    ///
    /// @param level `error`, `warn`, `info`, `debug` or `trace`
    public record LogConfig(String level) {}

    public ServerConfig {
        values = List.copyOf(values);
        warnings = List.copyOf(warnings);
    }

    /// Each flag, with its default; lines of at most 80 characters.
    public static String help() {
        return ConfigHelp.of(ConfigKey.ALL);
    }

    /// Read flags, environment and file. Throws [ConfigException] with all that is wrong.
    ///
    /// @param arguments `--port 8081`, `--port=8081`, `--insecure`, `--config FILE`
    public static ServerConfig load(List<String> arguments, Map<String, String> environment) {
        return ConfigLoader.load(arguments, environment, ConfigPlaces.of(environment, Path.of("")));
    }

    /// Whether nobody set the key.
    public boolean isDefault(String key) {
        return values.stream()
                .anyMatch(value ->
                        value.key().equals(key) && value.origin() instanceof ConfigOrigin.Default);
    }

    /// How users reach the server, when it listens on that port.
    public URI baseUrl(int boundPort) {
        return baseUrlOrNull != null
                ? baseUrlOrNull
                : URI.create("http://" + hostForUrl() + ":" + boundPort);
    }

    /// How nodes reach the link, as `host:port`, when it listens on that port.
    public String linkAddress(int boundPort) {
        String address = link.address();
        if (!address.isEmpty()) {
            return address.matches(".*:[0-9]{1,5}") ? address : address + ":" + boundPort;
        }
        return baseUrl(port).getHost() + ":" + boundPort;
    }

    private String hostForUrl() {
        return switch (bindAddress) {
            case "127.0.0.1", "::1", "0.0.0.0", "::" -> "localhost";
            default -> bindAddress.contains(":") ? "[" + bindAddress + "]" : bindAddress;
        };
    }

    /// One line per key, as `key: value`, with `# origin` behind when asked for; secrets are
    /// masked.
    public String show(boolean origin) {
        StringBuilder text = new StringBuilder();
        for (ConfigValue value : values) {
            String line = value.key() + ": " + value.shown();
            text.append(origin ? "%-44s # %s".formatted(line, value.origin().render()) : line);
            text.append('\n');
        }
        return text.toString();
    }
}
