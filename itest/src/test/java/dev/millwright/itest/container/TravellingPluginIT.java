package dev.millwright.itest.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.docker.ContainerEngine;
import dev.millwright.itest.system.AgentProcess;
import dev.millwright.itest.system.Site;
import dev.millwright.testkit.BuiltPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// The plugin for containers lies on the server; its steps run on agents that fetched it.
@Isolated("its times are short, and what it starts needs the whole machine")
@Timeout(300)
class TravellingPluginIT {
    private static final ContainerEngine ENGINE = ContainerEngine.shared();

    @TempDir static Path folder;
    private static Site site;

    private final AgentProcess agent = site.agent("a");

    @BeforeAll
    static void open() throws IOException {
        site = Site.open(folder, "a");
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @BeforeEach
    void install() throws IOException {
        site.heal();
        policy("host: " + ENGINE.host());
        Path plugins = Files.createDirectories(folder.resolve("data/plugins"));
        if (!Files.exists(plugins.resolve("docker-runner.jar"))) {
            Path half = plugins.resolve(".docker-runner.part");
            Files.copy(BuiltPlugin.find(Path.of("../plugins/docker-runner/target")), half);
            Files.move(half, plugins.resolve("docker-runner.jar"), StandardCopyOption.ATOMIC_MOVE);
        }
        awaitNode(() -> offered().contains("container"));
    }

    /// What the administrator of the agent's machine says.
    private void policy(String yaml) throws IOException {
        Files.writeString(agent.root().resolve("plugins/docker-runner.yaml"), yaml);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100));
    }

    private static void awaitNode(Callable<Boolean> condition) {
        soon().ignoreExceptionsInstanceOf(IOException.class).until(condition);
    }

    private static List<String> offered() throws IOException {
        return site.node("a").at("/runners").valueStream().map(one -> one.asString("")).toList();
    }

    private static String missing() throws IOException {
        return site.node("a").at("/missingRunners/container").asString("");
    }

    private static UUID begin(String more) throws IOException {
        return site.begin(
                """
                - image: %s
                  needs: {at: a}
                  commands:
                    - pwd; echo "first line on $MILLWRIGHT_NODE_NAME"
                    - 'while [ ! -e go ]; do sleep 0.05; done; echo last line'
                %s\
                """
                        .formatted(ContainerEngine.IMAGE, more.indent(2)));
    }

    /// The workspace, once the step has begun.
    private static Path begun(UUID run) {
        return soon().ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> site.log(run, 0, "out"), text -> text.contains("first line"))
                .lines()
                .map(Path::of)
                .findFirst()
                .orElseThrow();
    }

    private static void assertRanOnceOn(UUID run, Path workspace) throws IOException {
        assertThat(site.server().awaitEnd(run.toString(), Duration.ofSeconds(90)))
                .as(() -> told(run))
                .isEqualTo("success");
        assertThat(site.log(run, 0, "out"))
                .isEqualTo("%s\nfirst line on a\nlast line\n".formatted(workspace));
        assertThat(site.step(run, 0).at("/attempt").asInt()).isEqualTo(1);
        soon().until(() -> containers().isEmpty());
    }

    private static String told(UUID run) {
        try {
            return site.step(run, 0).toPrettyString() + site.agent("a").log();
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    /// Of the agent's plugin, which has an owner of its own.
    private static List<String> containers() {
        try (Stream<Path> files = Files.walk(site.agent("a").root().resolve("plugin-data"))) {
            String owner =
                    Files.readString(
                            files.filter(file -> file.endsWith("docker-runner/owner"))
                                    .findFirst()
                                    .orElseThrow());
            return ENGINE.labelled("dev.millwright.owner=" + owner.strip());
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    private List<Path> fetched() throws IOException {
        try (Stream<Path> files = Files.list(agent.root().resolve("plugins"))) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    @Test
    void theFileLiesOnTheAgentUnderItsHashForItsUserOnly() throws IOException {
        assertThat(fetched()).hasSize(1);
        Path file = fetched().getFirst();
        assertThat(file.getFileName().toString()).matches("[0-9a-f]{64}\\.jar");
        assertThat(file).hasSameBinaryContentAs(folder.resolve("data/plugins/docker-runner.jar"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(agent.root().resolve("plugins"))))
                .isEqualTo("rwx------");
    }

    @Test
    void aStepInAContainerOfAnAgentGoesOnWhenTheAgentIsKilled() throws IOException {
        UUID run = begin("");
        Path workspace = begun(run);

        agent.kill();
        assertThat(containers()).hasSize(1);
        agent.start();
        site.awaitState("a", "online");
        Files.createFile(workspace.resolve("go"));

        assertRanOnceOn(run, workspace);
    }

    @Test
    void theNextLifeOfTheAgentFindsItsContainersWithoutAServer() throws IOException {
        UUID run = begin("");
        Path workspace = begun(run);
        int before = agent.log().length();

        site.server().kill();
        agent.kill();
        agent.start();
        soon().until(() -> agent.log().substring(before).contains("plugin docker-runner"));
        site.startServer();
        Files.createFile(workspace.resolve("go"));

        assertRanOnceOn(run, workspace);
    }

    @Test
    void whenThePluginIsTakenAwayItsWorkEndsAndWhatWaitsIsToldWhy() throws IOException {
        UUID run = begin("");
        Path workspace = begun(run);

        Files.delete(folder.resolve("data/plugins/docker-runner.jar"));
        awaitNode(() -> !offered().contains("container"));
        UUID waits = begin("");
        soon().until(() -> explained(waits).contains("it does not offer runner 'container'"));
        assertThat(fetched()).hasSize(1);
        // Still there for the next life
        agent.kill();
        agent.start();
        Files.createFile(workspace.resolve("go"));
        assertRanOnceOn(run, workspace);
        soon().until(() -> fetched().isEmpty());

        install();
        Files.createFile(begun(waits).resolve("go"));
        assertThat(site.server().awaitEnd(waits.toString())).isEqualTo("success");
    }

    private static String explained(UUID run) throws IOException {
        return site.server().get("/api/v1/runs/" + run + "/explain").toString();
    }

    @Test
    void aNodeWithoutAnEngineSaysSoAndIsNotChosen() throws IOException {
        policy("host: unix:///nowhere/engine.sock");
        awaitNode(() -> !offered().contains("container"));
        assertThat(missing()).contains("no container engine answers", "/nowhere/engine.sock");
        UUID run = begin("");
        soon().until(() ->
                explained(run)
                        .contains("it cannot use runner 'container': no container engine answers"));

        policy("host: " + ENGINE.host());

        Files.createFile(begun(run).resolve("go"));
        assertThat(site.server().awaitEnd(run.toString())).isEqualTo("success");
    }

    @Test
    void theNodesOwnPolicyCountsAndNotTheServers() throws IOException {
        Path ofServer = folder.resolve("data/plugins/docker-runner.yaml");
        Files.writeString(ofServer, "privileged: true");
        try {
            UUID run = begin("with: {privileged: true}");

            assertThat(site.server().awaitEnd(run.toString())).isEqualTo("error");
            assertThat(site.step(run, 0).at("/message").asString(""))
                    .contains("'privileged' is not allowed on this node");
        } finally {
            Files.delete(ofServer);
        }
    }
}
