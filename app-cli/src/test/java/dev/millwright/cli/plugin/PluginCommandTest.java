package dev.millwright.cli.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.millwright.cli.Cli;
import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.HostSettings;
import dev.millwright.host.PluginBuilder;
import dev.millwright.host.PluginHost;
import dev.millwright.host.use.Point;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Against a real host of plugins, behind the one route that the command asks for.
@Timeout(60)
final class PluginCommandTest {
    private static final String FORMAT =
            """
            package sample;
            import dev.millwright.plugin.NoConfiguration;
            import dev.millwright.plugin.format.*;
            import java.util.List;
            public final class Empty implements PipelineFormat<NoConfiguration> {
                public String kind() { return "empty"; }
                public Class<NoConfiguration> configuration() { return NoConfiguration.class; }
                public List<String> files() { return List.of(); }
                public FormatResult read(PipelineFile file, NoConfiguration none) { return null; }
            }
            """;

    @TempDir Path folder;
    private PluginHost host;
    private HttpServer server;
    private int asked;

    @BeforeEach
    void start() throws Exception {
        host =
                PluginHost.open(
                        HostSettings.of(folder.resolve("plugins"), folder.resolve("data")),
                        SecretSource.UNRESOLVED);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/api/v1/plugins",
                exchange -> {
                    byte[] answer = answer().getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        server.start();
    }

    private String answer() throws IOException {
        try {
            // A server looks into its folder less often than it is asked
            if (asked++ % 3 == 0) {
                var _ = host.tick();
            }
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
        String items =
                host.plugins().stream()
                        .map(one ->
                                """
                                {"file":"%s","state":"%s","reason":"%s","warning":"%s","id":"%s","version":"%s","sha256":"%s","refused":"%s",
                                 "extensions":[%s]}
                                """
                                        .formatted(
                                                one.file(),
                                                one.state()
                                                        .name()
                                                        .toLowerCase(java.util.Locale.ROOT),
                                                one.reason(),
                                                one.warning(),
                                                one.id(),
                                                one.version(),
                                                one.sha256(),
                                                one.refused(),
                                                one.extensions().stream()
                                                        .map(offer ->
                                                                "{\"point\":\"%s\",\"kind\":\"%s\",\"schema\":{}}"
                                                                        .formatted(
                                                                                offer.point(),
                                                                                offer.kind()))
                                                        .collect(Collectors.joining(","))))
                        .collect(Collectors.joining(","));
        return "{\"directory\":\"%s\",\"apiVersion\":\"0.1.0\",\"items\":[%s]}"
                .formatted(host.directory(), items);
    }

    @AfterEach
    void stop() {
        server.stop(0);
        host.close();
    }

    private Cli.Result run(String... arguments) {
        return new Cli()
                .with("MILLWRIGHT_SERVER", "http://127.0.0.1:" + server.getAddress().getPort())
                .in(folder)
                .run(arguments);
    }

    private Path plugin(String version) {
        return PluginBuilder.of(folder, "empty-format", version)
                .extension(Point.FORMAT, FORMAT)
                .jar(folder.resolve("built/empty-%s.jar".formatted(version)));
    }

    @Test
    void aFileThatIsNotThereOrNotWholeIsNamed() throws Exception {
        assertThat(run("plugin", "install", "./nosuch.jar").err())
                .isEqualTo("error: there is no file ./nosuch.jar\n");
        Files.writeString(folder.resolve("broken.jar"), "not a jar");
        assertThat(run("plugin", "install", "broken.jar").err())
                .contains("broken.jar is no plugin: it is not a whole jar or zip: ");
    }

    @Test
    void aPluginIsInstalledListedReplacedAndRemovedWhileTheServerRuns() {
        assertThat(run("plugin").err()).contains("no plugins");
        Cli.Result installed = run("plugin", "install", plugin("1.0.0").toString());
        assertThat(installed.err()).isEmpty();
        assertThat(installed.out())
                .isEqualTo("plugin/empty-format 1.0.0 is in use: PipelineFormat:empty\n");
        assertThat(run("plugin", "list").out())
                .isEqualTo(
                        """
                        PLUGIN        VERSION  STATE    OFFERS
                        empty-format  1.0.0    started  empty
                        """);
        assertThat(run("plugin", "list", "--wide").out())
                .isEqualTo(
                        """
                        PLUGIN        VERSION  STATE    OFFERS                FILE
                        empty-format  1.0.0    started  PipelineFormat:empty  empty-format.jar
                        """);
        assertThat(run("plugin", "install", plugin("1.1.0").toString()).out())
                .contains("empty-format 1.1.0 is in use");
        assertThat(run("plugin", "remove", "empty-fromat").err())
                .contains("no plugin 'empty-fromat'; did you mean 'empty-format'?");
        assertThat(run("plugin", "remove", "empty-format").out())
                .isEqualTo("plugin/empty-format removed\n");
        assertThat(folder.resolve("plugins")).isEmptyDirectory();
        assertThat(run("plugin", "remove", "empty-format").code()).isEqualTo(3);
    }

    @Test
    void anOlderVersionIsInstalledOnlyWhenItIsMeant() {
        var _ = run("plugin", "install", plugin("1.10.0").toString());
        Cli.Result refused = run("plugin", "install", plugin("1.9.0").toString());
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains(
                        "plugin/empty-format 1.9.0 is older than 1.10.0, which is in use; --force");
        assertThat(run("plugin", "install", "--force", plugin("1.9.0").toString()).out())
                .contains("empty-format 1.9.0 is in use");
        assertThat(run("plugin").err())
                .isEqualTo(
                        "empty-format.jar: version 1.9.0 is older than 1.10.0, which was in use before\n");
    }

    @Test
    void aPluginThatTheServerDoesNotTakeIsToldWithTheReason() {
        Path old =
                PluginBuilder.of(folder, "old", "1.0.0")
                        .says("Plugin-Requires", ">=9.0.0")
                        .jar(folder.resolve("built/old.jar"));
        Cli.Result result = run("plugin", "install", old.toString());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .contains("old.jar is in its folder and not used: it needs the plugin API >=9.0.0");
        assertThat(run("plugin").err()).contains("old.jar: it needs the plugin API");
    }

    @Test
    void whatTheServerSaidOfAnEarlierFileIsNotSaidOfTheNewOne() throws IOException {
        Path half = Files.createDirectories(folder.resolve("plugins")).resolve("empty-format.jar");
        Files.writeString(half, "half of a jar");
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        run("plugin").err().contains("empty-format.jar: it is not a whole jar"));

        Cli.Result installed = run("plugin", "install", plugin("1.0.0").toString());

        assertThat(installed.err()).isEmpty();
        assertThat(installed.out()).contains("empty-format 1.0.0 is in use");
    }

    @Test
    void whatIsNoPluginIsNotPutAnywhere() throws IOException {
        Path text = Files.writeString(folder.resolve("a.txt"), "x");
        assertThat(run("plugin", "install", text.toString()).err()).contains("neither a jar nor");
        Path noJar = Files.writeString(folder.resolve("a.jar"), "x");
        assertThat(run("plugin", "install", noJar.toString()).code()).isEqualTo(2);
        Path noPlugin = PluginBuilder.of(folder, "x", "1").says("Plugin-Id", "").jar(noJar);
        assertThat(run("plugin", "install", noPlugin.toString()).err())
                .contains("its manifest has no Plugin-Id");
        assertThat(List.of(folder.resolve("plugins"))).allMatch(path -> !Files.exists(path));
    }

    @Test
    void onesThatComeWithMillwrightAreInstalledByTheirNames() throws IOException {
        Path bundled = Files.createDirectories(folder.resolve("home/plugins"));
        Files.copy(plugin("1.0.0"), bundled.resolve("empty-format.jar"));
        Files.createFile(bundled.resolve("another.zip"));
        // No other test of this module looks at it
        System.setProperty("millwright.home", folder.resolve("home").toString());
        try {
            assertThat(run("plugin").err())
                    .isEqualTo(
                            "no plugins\nto be had with 'millwright plugin install NAME':\n  another, empty-format\n");
            assertThat(run("plugin", "install", "empty-format").out())
                    .isEqualTo("plugin/empty-format 1.0.0 is in use: PipelineFormat:empty\n");
            assertThat(run("plugin").err())
                    .isEqualTo("to be had with 'millwright plugin install NAME':\n  another\n");
            Cli.Result unknown = run("plugin", "install", "nothing");
            assertThat(unknown.code()).isEqualTo(3);
            assertThat(unknown.err())
                    .contains(
                            "no plugin 'nothing' comes with Millwright; these do: another, empty-format");
            assertThat(run("plugin", "install", "emty-format").err())
                    .contains("'emty-format' comes with Millwright; did you mean 'empty-format'?");
            update(bundled);
        } finally {
            System.clearProperty("millwright.home");
        }
    }

    private void update(Path bundled) throws IOException {
        Cli.Result current = run("plugin", "update", "--all");
        assertThat(current.err())
                .isEqualTo("all plugins that come with this Millwright are up to date\n");
        Files.copy(
                plugin("1.1.0"),
                bundled.resolve("empty-format.jar"),
                StandardCopyOption.REPLACE_EXISTING);

        assertThat(run("plugin").err())
                .startsWith(
                        """
                        update available: empty-format 1.0.0 -> 1.1.0
                        'millwright plugin update --all' installs what is available
                        """);
        assertThat(run("plugin", "update").code()).isEqualTo(2);
        assertThat(run("plugin", "update", "another").err())
                .contains("no plugin 'another'; 'millwright plugin install another' installs it");
        assertThat(run("plugin", "update", "empty-formt").err())
                .contains("no plugin 'empty-formt'; did you mean 'empty-format'?")
                .doesNotContain("install");
        assertThat(run("plugin", "update", "empty-format.jar").out())
                .isEqualTo("plugin/empty-format 1.1.0 is in use (before: 1.0.0)\n");
        assertThat(run("plugin", "update", "empty-format").err())
                .isEqualTo("plugin/empty-format: there is no newer one\n");
        Files.writeString(folder.resolve("plugins/empty-format.jar"), "no plugin");
        await().untilAsserted(() ->
                assertThat(run("plugin", "update", "empty-format").err())
                        .contains("its file is not in use: "));
    }

    @Test
    void aFileWithAnotherNameThatHoldsThePluginMakesWay() throws IOException {
        Files.createDirectories(folder.resolve("plugins"));
        Files.copy(plugin("2.0.0"), folder.resolve("plugins/by-hand.jar"));
        assertThat(run("plugin", "install", "--force", plugin("1.0.0").toString()).out())
                .contains("empty-format 1.0.0 is in use");
        assertThat(folder.resolve("plugins").toFile().list()).containsExactly("empty-format.jar");
    }

    @Test
    void ofTwoFilesWithOnePluginTheOneInUseIsRemovedAndTheOtherStepsIn() throws IOException {
        Files.createDirectories(folder.resolve("plugins"));
        Files.copy(plugin("1.0.0"), folder.resolve("plugins/a.jar"));
        Files.copy(plugin("2.0.0"), folder.resolve("plugins/b.jar"));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> run("plugin").out().lines().count() == 3);
        Cli.Result listed = run("plugin", "list");
        assertThat(listed.out())
                .isEqualTo(
                        """
                        PLUGIN        VERSION  STATE       OFFERS
                        empty-format  1.0.0    superseded
                        empty-format  2.0.0    started     empty
                        """);
        assertThat(listed.err()).isEqualTo("a.jar: version 2.0.0 of it is in use, from b.jar\n");

        Cli.Result removed = run("plugin", "remove", "empty-format");
        assertThat(removed.out()).isEqualTo("plugin/empty-format removed\n");
        assertThat(removed.err())
                .isEqualTo(
                        "version 1.0.0 of it is in use now, from a.jar: 'millwright plugin remove a.jar' takes that out too\n");
        assertThat(folder.resolve("plugins").toFile().list()).containsExactly("a.jar");
        assertThat(run("plugin", "remove", "a.jar").err()).isEmpty();
    }
}
