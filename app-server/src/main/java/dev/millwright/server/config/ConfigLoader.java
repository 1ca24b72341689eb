package dev.millwright.server.config;

import dev.millwright.engine.schema.Durations;
import dev.millwright.engine.schema.Suggestions;
import dev.millwright.engine.yaml.YamlDocuments;
import dev.millwright.engine.yaml.YamlException;
import dev.millwright.model.Loopback;
import dev.millwright.model.NodeName;
import dev.millwright.plugin.NetworkWall;
import dev.millwright.server.queue.QueueSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Brings flags, environment and files together: a flag wins over a variable, a variable over a
/// file, a file over the default. Every problem is told at once. Used by one thread.
final class ConfigLoader {
    private static final Set<String> NOT_SETTINGS =
            Set.of(
                    "JAVA_HOME",
                    "JAVA_OPTS",
                    "SERVER",
                    "KEY",
                    "HOME",
                    "CONTEXT",
                    "CONFIG",
                    "BUILD",
                    "AOT",
                    "REHEARSAL",
                    "ENDS_WITH_PARENT");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]+)}");

    private final ConfigPlaces places;
    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, ConfigOrigin> origins = new LinkedHashMap<>();

    private ConfigLoader(ConfigPlaces places, Map<String, String> environment) {
        this.places = places;
        this.environment = environment;
    }

    static ServerConfig load(
            List<String> arguments, Map<String, String> environment, ConfigPlaces places) {
        ConfigLoader loader = new ConfigLoader(places, environment);
        Map<String, String> flags = loader.flags(arguments);
        List<Path> files = places.files(Optional.ofNullable(flags.remove("config")));
        for (ConfigKey key : ConfigKey.ALL) {
            loader.set(key, key.fallback(), new ConfigOrigin.Default());
        }
        loader.set("data-dir", places.defaultDataDirectory(files).toString());
        files.forEach(loader::file);
        loader.variables();
        for (ConfigKey key : ConfigKey.ALL) {
            @Nullable String value = flags.get(key.name());
            if (value != null) {
                loader.set(key, value, new ConfigOrigin.Flag(key.flag()));
            }
        }
        return loader.finish();
    }

    private void set(String name, String value) {
        values.put(name, value);
    }

    private void set(ConfigKey key, String value, ConfigOrigin origin) {
        values.put(key.name(), value);
        origins.put(key.name(), origin);
    }

    private Map<String, String> flags(List<String> arguments) {
        Map<String, String> flags = new LinkedHashMap<>();
        Map<String, ConfigKey> known = new LinkedHashMap<>();
        ConfigKey.ALL.forEach(key -> known.put(key.flag(), key));
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            String flag = equals < 0 ? argument : argument.substring(0, equals);
            @Nullable ConfigKey key = known.get(flag);
            if (key == null && !flag.equals("--config")) {
                String hint = Suggestions.didYouMean(flag, known.keySet());
                problems.add(
                        "unknown flag '%s'%s".formatted(flag, hint.isEmpty() ? "" : "; " + hint));
                continue;
            }
            String name = key == null ? "config" : key.name();
            boolean alone = i + 1 == arguments.size() || arguments.get(i + 1).startsWith("--");
            if (equals >= 0) {
                flags.put(name, argument.substring(equals + 1));
            } else if (key != null && key.form() == ConfigKey.Form.FLAG && alone) {
                flags.put(name, "true");
            } else if (alone) {
                problems.add("flag '%s' has no value".formatted(flag));
            } else {
                i++;
                flags.put(name, arguments.get(i));
            }
        }
        return flags;
    }

    private void variables() {
        Map<String, ConfigKey> known = new LinkedHashMap<>();
        ConfigKey.ALL.forEach(key -> known.put(key.variable(), key));
        environment.forEach((name, value) -> {
            @Nullable ConfigKey key = known.get(name);
            if (key != null) {
                set(key, value, new ConfigOrigin.Environment(name));
            } else if (name.startsWith("MILLWRIGHT_") && !isOther(name)) {
                String hint = Suggestions.didYouMean(name, known.keySet());
                warnings.add(
                        "the variable %s is no setting%s"
                                .formatted(name, hint.isEmpty() ? "" : "; " + hint));
            }
        });
    }

    private static boolean isOther(String name) {
        String rest = name.substring("MILLWRIGHT_".length());
        return NOT_SETTINGS.contains(rest) || rest.startsWith("TEST_") || rest.startsWith("BENCH_");
    }

    private void file(Path file) {
        try {
            for (YamlDocuments.Document document :
                    YamlDocuments.read(file.getFileName().toString(), Files.readString(file))) {
                values(file, document, "", document.values().values());
            }
        } catch (IOException unreadable) {
            problems.add("%s: cannot be read: %s".formatted(file, unreadable.getMessage()));
        } catch (YamlException wrong) {
            problems.addAll(wrong.problems().stream().map(problem -> problem.render()).toList());
        }
    }

    private void values(Path file, YamlDocuments.Document document, String prefix, Map<?, ?> map) {
        List<String> names = ConfigKey.ALL.stream().map(ConfigKey::name).toList();
        map.forEach((part, value) -> {
            String name = prefix.isEmpty() ? String.valueOf(part) : prefix + "." + part;
            int line = document.markOf("/" + name.replace('.', '/')).line();
            Optional<ConfigKey> key =
                    ConfigKey.ALL.stream().filter(one -> one.name().equals(name)).findFirst();
            if (key.isPresent()) {
                set(key.get(), text(value), new ConfigOrigin.File(file.toString(), line));
            } else if (value instanceof Map<?, ?> inner
                    && names.stream().anyMatch(known -> known.startsWith(name + "."))) {
                values(file, document, name, inner);
            } else {
                String hint = Suggestions.didYouMean(name, names);
                problems.add(
                        "%s:%d: unknown key '%s'%s"
                                .formatted(file, line, name, hint.isEmpty() ? "" : "; " + hint));
            }
        });
    }

    private static String text(Object value) {
        return value instanceof List<?> list
                ? String.join(" ", list.stream().map(String::valueOf).toList())
                : String.valueOf(value);
    }

    private ServerConfig finish() {
        for (ConfigKey key : ConfigKey.ALL) {
            ConfigOrigin origin = origins.getOrDefault(key.name(), new ConfigOrigin.Default());
            if (key.form() == ConfigKey.Form.SECRET && !text(key.name()).isEmpty()) {
                secret(key, origin);
            }
            key.problem(text(key.name()))
                    .ifPresent(problem -> problems.add(origin.render() + ": " + problem));
        }
        if (problems.isEmpty()
                && duration("queue.poll").compareTo(QueueSettings.SHORTEST_POLL) < 0) {
            problems.add(
                    "'queue.poll' is %s; write at least 5s, nothing becomes faster by less: new work is noticed at once"
                            .formatted(text("queue.poll")));
        }
        if (problems.isEmpty()) {
            checkOrder("nodes.heartbeat", "nodes.suspect-after");
            checkOrder("nodes.suspect-after", "nodes.unreachable-after");
            checkOrder("nodes.unreachable-after", "nodes.lost-after");
        }
        try {
            var _ = NetworkWall.allowing(words("network.allow"));
        } catch (IllegalArgumentException none) {
            problems.add("'network.allow': " + none.getMessage());
        }
        if (problems.isEmpty()
                && !text("insecure").equals("true")
                && !Loopback.isReached(text("bind-address"))) {
            problems.add(
                    "'bind-address' is %s, which others can reach, and there is no TLS: keep 127.0.0.1 behind a proxy, or set 'insecure: true'"
                            .formatted(text("bind-address")));
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return config();
    }

    private void secret(ConfigKey key, ConfigOrigin origin) {
        Matcher reference = REFERENCE.matcher(text(key.name()));
        if (!reference.matches()) {
            problems.add(
                    "%s: '%s' is a secret and is not written down itself; use ${env:NAME} or ${file:PATH}"
                            .formatted(origin.render(), key.name()));
            return;
        }
        try {
            String value =
                    reference.group(1).equals("env")
                            ? Optional.ofNullable(environment.get(reference.group(2))).orElse("")
                            : Files.readString(places.working().resolve(reference.group(2)))
                                    .strip();
            if (value.isEmpty()) {
                problems.add("%s: '%s' refers to nothing".formatted(origin.render(), key.name()));
            }
            values.put(key.name(), value);
        } catch (IOException unreadable) {
            problems.add(
                    "%s: '%s': %s cannot be read"
                            .formatted(origin.render(), key.name(), reference.group(2)));
        }
    }

    private void checkOrder(String shorter, String longer) {
        if (duration(shorter).compareTo(duration(longer)) >= 0) {
            problems.add(
                    "'%s' is %s and '%s' is %s: the second has to be longer"
                            .formatted(shorter, text(shorter), longer, text(longer)));
        }
    }

    private ServerConfig config() {
        Path data = path("data-dir").orElseThrow();
        int cores = Runtime.getRuntime().availableProcessors();
        return new ServerConfig(
                data,
                text("bind-address"),
                Integer.parseInt(text("port")),
                address("base-url"),
                text("insecure").equals("true"),
                new ServerConfig.DatabaseConfig(
                        text("database.url"),
                        text("database.user"),
                        text("database.password"),
                        count("database.pool-size"),
                        ConfigKey.bytes(text("database.min-free"))),
                new ServerConfig.ClusterConfig(text("cluster.key")),
                new ServerConfig.LinkConfig(
                        Integer.parseInt(text("link.port")),
                        text("link.bind-address").isEmpty()
                                ? text("bind-address")
                                : text("link.bind-address"),
                        text("link.address")),
                new ServerConfig.NodeConfig(
                        new NodeName(text("node.name")),
                        text("node.slots").isEmpty() ? Math.max(8, 4 * cores) : count("node.slots"),
                        path("node.workspace-root").orElse(data.resolve("workspaces")),
                        duration("node.grace"),
                        ConfigKey.bytes(text("node.log-limit")),
                        ConfigKey.bytes(text("node.workspace-limit")),
                        count("node.workspace-files"),
                        List.of(text("node.shell").strip().split("\\s+", -1))),
                new ServerConfig.NodesConfig(
                        duration("nodes.heartbeat"),
                        duration("nodes.suspect-after"),
                        duration("nodes.unreachable-after"),
                        duration("nodes.lost-after")),
                new ServerConfig.QueueConfig(
                        count("queue.workers"), duration("queue.poll"), duration("queue.sweep")),
                new ServerConfig.ResourcesConfig(
                        path("resources.directory").orElse(null),
                        address("resources.url"),
                        duration("resources.interval"),
                        ConfigKey.bytes(text("resources.max-size"))),
                new ServerConfig.RetentionConfig(
                        duration("retention.max-age"),
                        count("retention.runs-per-pipeline"),
                        ConfigKey.bytes(text("retention.log-size")),
                        duration("retention.log-age"),
                        duration("retention.delivery-age"),
                        duration("retention.event-age"),
                        duration("retention.interval")),
                new ServerConfig.PluginsConfig(
                        path("plugins.directory").orElse(data.resolve("plugins")),
                        words("plugins.trusted-keys"),
                        duration("plugins.patience")),
                new ServerConfig.WebhookConfig(ConfigKey.bytes(text("webhook.max-body"))),
                new ServerConfig.NetworkConfig(NetworkWall.allowing(words("network.allow"))),
                new ServerConfig.GitConfig(
                        text("git.allow-file").equals("true"),
                        text("git.allow-http").equals("true"),
                        duration("git.timeout"),
                        ConfigKey.bytes(text("git.repository-limit"))),
                new ServerConfig.LogConfig(text("log.level")),
                shown(),
                warnings);
    }

    private List<ConfigValue> shown() {
        return ConfigKey.ALL.stream()
                .map(key ->
                        new ConfigValue(
                                key.name(),
                                key.form() == ConfigKey.Form.SECRET && !text(key.name()).isEmpty()
                                        ? "******"
                                        : text(key.name()),
                                origins.getOrDefault(key.name(), new ConfigOrigin.Default())))
                .toList();
    }

    private String text(String name) {
        return values.getOrDefault(name, "");
    }

    private List<String> words(String name) {
        return text(name).isBlank() ? List.of() : List.of(text(name).strip().split("\\s+", -1));
    }

    private int count(String name) {
        return Integer.parseInt(text(name));
    }

    private Duration duration(String name) {
        return Durations.parse(text(name)).orElseThrow();
    }

    private Optional<Path> path(String name) {
        return text(name).isEmpty()
                ? Optional.empty()
                : Optional.of(places.working().resolve(text(name)).normalize());
    }

    private @Nullable URI address(String name) {
        return text(name).isEmpty() ? null : URI.create(text(name));
    }
}
