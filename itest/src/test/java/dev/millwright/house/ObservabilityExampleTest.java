package dev.millwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Holds the files of `examples/observability` against each other. Nothing is started.
@Tag("S1.18")
@Tag("S1.44")
class ObservabilityExampleTest {
    private static final Path FOLDER = Path.of("../examples/observability");
    private static final JsonMapper JSON = JsonMapper.shared();

    /// Keys of the Compose specification that this sample has use for.
    private static final Set<String> OF_COMPOSE = Set.of("name", "services", "volumes");

    private static final Set<String> OF_SERVICE =
            Set.of(
                    "image",
                    "command",
                    "ports",
                    "expose",
                    "volumes",
                    "environment",
                    "depends_on",
                    "restart");

    private static final Pattern ADDRESS = Pattern.compile("http://([a-z0-9.]+):([0-9]+)");

    private static List<Path> files(String ending) {
        try (Stream<Path> all = Files.walk(FOLDER)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static JsonNode yaml(Path file) {
        try {
            Object tree =
                    new Load(LoadSettings.builder().setLabel(file.toString()).build())
                            .loadFromString(Files.readString(file));
            return JSON.valueToTree(tree);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static JsonNode yaml(String name) {
        return yaml(FOLDER.resolve(name));
    }

    private static JsonNode services() {
        return yaml("compose.yaml").get("services");
    }

    private static JsonNode dashboard() throws IOException {
        return JSON.readTree(Files.readString(FOLDER.resolve("grafana/dashboards/runs.json")));
    }

    /// Ports on which a service can be reached by the other services.
    private static Set<String> ports(JsonNode service) {
        Set<String> ports = new HashSet<>();
        service.path("expose").forEach(port -> ports.add(port.asString("")));
        service.path("ports").forEach(port -> ports.add(last(port.asString(""))));
        return ports;
    }

    private static String last(String port) {
        return port.substring(port.lastIndexOf(':') + 1);
    }

    @Test
    void everyFileCanBeRead() throws IOException {
        assertThat(files(".yaml")).hasSize(8);
        files(".yaml").forEach(file -> assertThat(yaml(file).isObject()).as("%s", file).isTrue());
        assertThat(files(".json")).hasSize(1);
        assertThat(dashboard().isObject()).isTrue();
    }

    @Test
    void composeHasKnownKeysAndRefersToWhatIsThere() {
        JsonNode compose = yaml("compose.yaml");
        assertThat(OF_COMPOSE).containsAll(compose.propertyNames());
        Set<String> volumes = new HashSet<>(compose.get("volumes").propertyNames());
        services()
                .properties()
                .forEach(entry -> {
                    JsonNode service = entry.getValue();
                    assertThat(OF_SERVICE).as(entry.getKey()).containsAll(service.propertyNames());
                    assertThat(service.at("/image").asString(""))
                            .as("an image with a version of its own")
                            .matches("[a-z0-9./-]+:v?[0-9][0-9.]*");
                    service.path("depends_on")
                            .forEach(other ->
                                    assertThat(services().has(other.asString(""))).isTrue());
                    for (JsonNode mounted : service.path("volumes")) {
                        String source = mounted.asString("").split(":", 2)[0];
                        assertThat(
                                        source.startsWith("./")
                                                ? Files.exists(FOLDER.resolve(source))
                                                : volumes.contains(source))
                                .as(source)
                                .isTrue();
                    }
                    for (JsonNode port : service.path("ports")) {
                        assertThat(port.asString(""))
                                .as("nobody else reaches it")
                                .startsWith("127.0.0.1:");
                    }
                });
    }

    @Test
    void mountedFilesAreThoseThatTheProgramsAreToldToRead() {
        for (String name : List.of("collector", "tempo", "loki", "prometheus")) {
            JsonNode service = services().get(name);
            assertThat(service.get("command").toString()).contains("/etc/" + name + ".yaml");
            assertThat(service.get("volumes").toString())
                    .contains("./%s.yaml:/etc/%s.yaml:ro".formatted(name, name));
        }
        assertThat(services().at("/grafana/volumes").toString())
                .contains(
                        yaml("grafana/providers/millwright.yaml")
                                .at("/providers/0/options/path")
                                .asString("missing"));
        assertThat(
                        services()
                                .at(
                                        "/grafana/environment/GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH")
                                .asString(""))
                .endsWith("/runs.json");
    }

    @Test
    void everyAddressIsThatOfAServiceAndAPortOfIt() throws IOException {
        Set<String> found = new TreeSet<>();
        List<Path> configurations = new ArrayList<>(files(".yaml"));
        configurations.remove(FOLDER.resolve("exporter.yaml"));
        for (Path file : configurations) {
            for (MatchResult address : ADDRESS.matcher(Files.readString(file)).results().toList()) {
                JsonNode service = services().path(address.group(1));
                assertThat(ports(service))
                        .as("%s in %s", address.group(), file)
                        .contains(address.group(2));
                found.add(address.group());
            }
        }
        assertThat(found).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void programsListenWhereTheyAreLookedFor() {
        JsonNode otlp = yaml("collector.yaml").at("/receivers/otlp/protocols");
        for (String protocol : List.of("grpc", "http")) {
            assertThat(ports(services().get("collector")))
                    .contains(last(otlp.at("/%s/endpoint".formatted(protocol)).asString("")));
        }
        JsonNode tempo = yaml("tempo.yaml");
        assertThat(ports(services().get("tempo")))
                .containsExactlyInAnyOrder(
                        tempo.at("/server/http_listen_port").asString(""),
                        last(
                                tempo.at("/distributor/receivers/otlp/protocols/http/endpoint")
                                        .asString("")));
        assertThat(ports(services().get("loki")))
                .containsExactly(yaml("loki.yaml").at("/server/http_listen_port").asString(""));
        URI endpoint = URI.create(yaml("exporter.yaml").at("/spec/with/endpoint").asString(""));
        assertThat(services().at("/collector/ports").toString())
                .contains("127.0.0.1:%d:".formatted(endpoint.getPort()));
    }

    @Test
    void whatTheCollectorTakesInGoesWhereItIsSentFrom() {
        JsonNode collector = yaml("collector.yaml");
        assertThat(collector.at("/service/pipelines").propertyNames())
                .containsExactlyInAnyOrder("traces", "logs", "metrics");
        collector
                .at("/service/pipelines")
                .forEach(pipeline -> {
                    for (String kind : List.of("receivers", "processors", "exporters")) {
                        pipeline.get(kind)
                                .forEach(part ->
                                        assertThat(collector.get(kind).has(part.asString("")))
                                                .as(part.toString())
                                                .isTrue());
                    }
                });
    }

    @Test
    @Tag("S1.36")
    void searchesReachBackForMoreThanAWeekAndFindWhatIsKept() {
        JsonNode tempo = yaml("tempo.yaml");
        Duration search = hours(tempo.at("/query_frontend/search/max_duration").asString(""));
        assertThat(search).isGreaterThan(Duration.ofHours(168));
        assertThat(hours(tempo.at("/compactor/compaction/block_retention").asString("")))
                .isGreaterThanOrEqualTo(search);
    }

    private static Duration hours(String text) {
        assertThat(text).matches("[0-9]+h");
        return Duration.ofHours(Long.parseLong(text.replace("h", "")));
    }

    @Test
    void theDashboardUsesDataSourcesThatAreThere() throws IOException {
        Map<String, String> types = new java.util.HashMap<>();
        yaml("grafana/datasources/millwright.yaml")
                .get("datasources")
                .forEach(source ->
                        types.put(source.get("uid").asString(""), source.get("type").asString("")));
        assertThat(types).containsOnlyKeys("tempo", "loki", "prometheus");
        List<JsonNode> used = new ArrayList<>(dashboard().findValues("datasource"));
        assertThat(used).hasSizeGreaterThan(10);
        used.forEach(source ->
                assertThat(types)
                        .containsEntry(
                                source.get("uid").asString(""), source.get("type").asString("")));
        yaml("grafana/datasources/millwright.yaml")
                .findValues("datasourceUid")
                .forEach(uid -> assertThat(types).containsKey(uid.asString("")));
    }

    @Test
    void panelsLieInTheGridAndTracesStandSideBySide() throws IOException {
        Set<Integer> ids = new HashSet<>();
        Set<String> variables = new HashSet<>();
        dashboard()
                .at("/templating/list")
                .forEach(variable -> variables.add(variable.get("name").asString("")));
        boolean grid = false;
        for (JsonNode panel : dashboard().get("panels")) {
            assertThat(ids.add(panel.get("id").asInt(0))).isTrue();
            assertThat(panel.at("/gridPos/x").asInt(-1) + panel.at("/gridPos/w").asInt(99))
                    .isBetween(1, 24);
            if (panel.has("repeat")) {
                assertThat(variables).contains(panel.get("repeat").asString(""));
                grid |= panel.get("type").asString("").equals("traces");
            }
        }
        assertThat(grid).as("many traces at once").isTrue();
        assertThat(dashboard().at("/templating/list/1/multi").asBoolean(false)).isTrue();
    }

    @Test
    @Tag("S1.48")
    void queriesNameAttributesThatTheExporterSends() throws IOException {
        String sources;
        try (Stream<Path> all =
                Files.walk(Path.of("../plugins/otel-export/src/main/java/dev/millwright/otel"))) {
            StringBuilder text = new StringBuilder();
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file));
            }
            sources = text.toString();
        }
        String queries =
                Files.readString(FOLDER.resolve("README.md"))
                        + dashboard().findValues("query")
                        + dashboard().findValues("expr");
        Pattern attribute =
                Pattern.compile("\\b(?:span|resource)\\.((?:[a-z]+[._])*[a-z_]+\\.[a-z_]+)\\b");
        List<String> named =
                attribute.matcher(queries).results().map(match -> match.group(1)).toList();
        assertThat(named).hasSizeGreaterThan(5);
        named.forEach(name -> assertThat(sources).contains("\"" + name + "\""));
    }
}
