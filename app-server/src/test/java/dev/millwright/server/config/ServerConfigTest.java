package dev.millwright.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ServerConfigTest {
    @TempDir Path folder;

    static List<ConfigKey> keys() {
        return ConfigKey.ALL;
    }

    private ServerConfig load(List<String> flags, Map<String, String> environment) {
        return ConfigLoader.load(flags, environment, ConfigPlaces.of(environment, folder));
    }

    /// Another value than the default, different for each way of setting it.
    private static String value(ConfigKey key, int way) {
        return switch (key.form()) {
            case TEXT -> key.name().equals("bind-address") ? "127.0.0." + way : "text" + way;
            case SECRET -> "${env:SECRET_" + way + "}";
            case PATH -> "/tmp/path" + way;
            case ADDRESS -> "https://host" + way + ".example.org";
            case PORT, COUNT -> Integer.toString(100 + way);
            case FLAG -> key.fallback().equals("true") ? "false" : "true";
            case DURATION ->
                    switch (key.name()) {
                        // These have to stand in an order
                        case "nodes.heartbeat" -> way + "s";
                        case "nodes.lost-after" -> (10 + way) + "h";
                        default -> (10 + way) + "s";
                    };
            case SIZE -> (10 + way) + "MiB";
            case LEVEL -> List.of("error", "warn", "debug").get(way - 1);
            case NAME -> "name-" + way;
            case WORDS -> "bash -" + way;
        };
    }

    private static String shown(ServerConfig config, ConfigKey key) {
        return config.values().stream()
                .filter(value -> value.key().equals(key.name()))
                .map(value -> value.shown() + " from " + value.origin().render())
                .collect(Collectors.joining());
    }

    private static String expected(ConfigKey key, int way) {
        return key.form() == ConfigKey.Form.SECRET ? "******" : value(key, way);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void flagWinsOverVariableOverFileOverDefault(ConfigKey key) throws IOException {
        Path file = folder.resolve("millwright.yaml");
        Map<String, String> secrets =
                Map.of("SECRET_1", "one", "SECRET_2", "two", "SECRET_3", "three");
        String[] parts = key.name().split("\\.", 2);
        String yaml =
                parts.length == 1
                        ? "%s: \"%s\"\n".formatted(key.name(), value(key, 1))
                        : "%s:\n  %s: \"%s\"\n".formatted(parts[0], parts[1], value(key, 1));
        Files.writeString(file, yaml);
        assertThat(shown(load(List.of(), secrets), key))
                .isEqualTo(expected(key, 1) + " from " + file + ":" + parts.length);

        Map<String, String> environment = new java.util.HashMap<>(secrets);
        environment.put(key.variable(), value(key, 2));
        assertThat(shown(load(List.of(), environment), key))
                .isEqualTo(expected(key, 2) + " from " + key.variable());

        assertThat(shown(load(List.of(key.flag() + "=" + value(key, 3)), environment), key))
                .isEqualTo(expected(key, 3) + " from " + key.flag());
    }

    @Test
    void timesThatHaveToStandInAnOrderAreChecked() {
        assertThatThrownBy(() ->
                        load(
                                List.of(
                                        "--nodes-suspect-after=10s",
                                        "--nodes-unreachable-after=10s"),
                                Map.of()))
                .hasMessageContaining("nodes.suspect-after")
                .hasMessageContaining("has to be longer");
    }

    @Test
    void aQueueThatLooksTooOftenIsRefusedBeforeTheStart() {
        assertThatThrownBy(() -> load(List.of(), Map.of("MILLWRIGHT_QUEUE_POLL", "1s")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'queue.poll' is 1s; write at least 5s");
    }

    @Test
    void refusesUnknownKeysEverywhereAtOnceWithASuggestion() throws IOException {
        Files.writeString(folder.resolve("millwright.yaml"), "prot: 1\nnode: {slot: 3}\n");
        assertThatThrownBy(() -> load(List.of("--prot", "3", "--port=x"), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("unknown flag '--prot'; did you mean '--port'?")
                .hasMessageContaining("millwright.yaml:1: unknown key 'prot'; did you mean 'port'?")
                .hasMessageContaining("unknown key 'node.slot'; did you mean 'node.slots'?")
                .hasMessageContaining("'port' is a port, 0 to 65535, not 'x'");
    }

    @Test
    void refusesASecretThatIsWrittenDown() {
        assertThatThrownBy(() -> load(List.of("--database-password=hunter2"), Map.of()))
                .hasMessageContaining("use ${env:NAME} or ${file:PATH}")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void refusesToBeReachableByOthersWithoutBeingToldTo() {
        assertThatThrownBy(() -> load(List.of("--bind-address", "0.0.0.0"), Map.of()))
                .hasMessageContaining("set 'insecure: true'");
        assertThat(load(List.of("--bind-address", "0.0.0.0", "--insecure"), Map.of()).insecure())
                .isTrue();
    }

    @Test
    void warnsOfVariablesThatAreNoSettings() {
        assertThat(load(List.of(), Map.of("MILLWRIGHT_PROT", "1")).warnings())
                .containsExactly(
                        "the variable MILLWRIGHT_PROT is no setting; did you mean 'MILLWRIGHT_PORT'?");
    }

    /// `-Dmillwright.rewrite=true` writes the page anew.
    @Test
    void everySettingIsDocumentedAsItIs() throws IOException {
        StringBuilder page = new StringBuilder();
        page.append(
                """
                # Configuration

                One file, `millwright.yaml`, in the directory where the server starts, or the one that `--config` or `MILLWRIGHT_CONFIG` names, or
                `~/.config/millwright/server.yaml`, or `/etc/millwright/server.yaml` with `server.d/*.yaml`. Each key also as a variable and as a flag; a flag
                wins over a variable, a variable over the file, the file over the default. An unknown key ends the start, with a suggestion.
                `millwright config show --origin` shows what is in force and where it comes from.

                | key | variable | flag | default | what it says |
                |---|---|---|---|---|
                """);
        for (ConfigKey key : ConfigKey.ALL) {
            page.append(
                    "| `%s` | `%s` | `%s` | %s | %s |\n"
                            .formatted(
                                    key.name(),
                                    key.variable(),
                                    key.flag(),
                                    key.fallback().isEmpty() ? "" : "`" + key.fallback() + "`",
                                    key.doc()));
        }
        Path file = Path.of("../docs/configuration.md");
        String written = Files.readString(file);
        // Behind the table people explain
        int people = written.indexOf("\n## ");
        String rest = people < 0 ? "" : written.substring(people);
        if (Boolean.getBoolean("millwright.rewrite")) {
            Files.writeString(file, page + rest);
        }
        assertThat(Files.readString(file)).isEqualTo(page + rest);
    }
}
