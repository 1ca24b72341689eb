package dev.millwright.itest.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.docker.ContainerEngine;
import dev.millwright.itest.system.ServerProcess;
import dev.millwright.testkit.BuiltPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server with the plugin for containers, and what becomes of containers when the server dies.
@Timeout(300)
class ContainerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir Path folder;

    private final ContainerEngine engine = ContainerEngine.shared();
    private ServerProcess server;

    @BeforeEach
    void startServer() throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("data/plugins"));
        Path built = BuiltPlugin.find(Path.of("../plugins/docker-runner/target"));
        Files.copy(built, plugins.resolve("docker-runner.jar"));
        Files.writeString(plugins.resolve("docker-runner.yaml"), "host: " + engine.host());
        server = ServerProcess.start(folder, Map.of());
    }

    @AfterEach
    void closeServer() {
        server.close();
    }

    private void restart() throws IOException {
        server = ServerProcess.start(folder, Map.of());
    }

    private String begin(String steps) throws IOException {
        server.apply(
                """
                apiVersion: v1alpha
                kind: Pipeline
                metadata: {name: boxes}
                spec:
                  webhook: {open: true}
                  steps:
                """
                        + steps.indent(4));
        return server.deliver("boxes", UUID.randomUUID().toString());
    }

    /// A step in a container that waits for a file in its workspace.
    private static String waiting() {
        return """
        - image: %s
          commands:
            - pwd; echo first line
            - 'while [ ! -e go ]; do sleep 0.05; done; echo last line'
        """
                .formatted(ContainerEngine.IMAGE);
    }

    /// The workspace, once the step has begun.
    private Path begun(String run) {
        return await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> server.log(run, "0/0"), text -> text.contains("first line"))
                .lines()
                .map(Path::of)
                .findFirst()
                .orElseThrow();
    }

    private List<String> containers() {
        return engine.labelled("dev.millwright.owner=" + owner());
    }

    /// By which the plugin of this server knows what it made.
    private String owner() {
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            return Files.readString(
                            files.filter(file -> file.endsWith("docker-runner/owner"))
                                    .findFirst()
                                    .orElseThrow())
                    .strip();
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    @Test
    void stepsInContainersAndOnTheMachineShareTheWorkspace() throws Exception {
        String run =
                begin(
                        """
                        - image: %s
                          commands: [mkdir made, 'id -u > made/user', 'echo "version=7" >> "$MILLWRIGHT_OUTPUT"']
                          name: box
                        - name: machine
                          environment: {VERSION: "${steps.box.outputs.version}"}
                          commands: ['test "$(id -u)" = "$(cat made/user)"', rm -r made, 'echo "version $VERSION" > next']
                        - name: again
                          image: %1$s
                          with: {readOnly: true, memory: 64m}
                          commands: [cat next, 'rm next']
                        """
                                .formatted(ContainerEngine.IMAGE));
        assertThat(server.awaitEnd(run, PATIENCE)).as(() -> explained(run)).isEqualTo("success");
        assertThat(server.log(run, "0/2")).isEqualTo("version 7\n");
        assertThat(containers()).isEmpty();
    }

    private String explained(String run) {
        try {
            return server.get("/api/v1/runs/" + run + "/steps").toPrettyString();
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aContainerOutlivesTheServerAndIsFoundAgain(boolean killed) throws Exception {
        String run = begin(waiting());
        Path workspace = begun(run);
        if (killed) {
            server.kill();
        } else {
            var _ = server.terminate();
        }
        assertThat(containers()).hasSize(1);
        restart();
        Files.createFile(workspace.resolve("go"));
        assertThat(server.awaitEnd(run, PATIENCE)).as(() -> explained(run)).isEqualTo("success");
        assertThat(server.log(run, "0/0"))
                .isEqualTo("%s\nfirst line\nlast line\n".formatted(workspace));
        assertThat(containers()).isEmpty();
    }

    @Test
    @Tag("R48")
    void aContainerThatEndsWhileTheServerIsDeadIsReportedAsItEnded() throws Exception {
        String run = begin(waiting());
        Path workspace = begun(run);
        server.kill();
        Files.createFile(workspace.resolve("go"));
        String name = containers().getFirst();
        await().atMost(PATIENCE)
                .until(() ->
                        engine.docker("inspect", "-f", "{{.State.Running}}", name).equals("false"));
        restart();
        assertThat(server.awaitEnd(run, PATIENCE)).as(() -> explained(run)).isEqualTo("success");
        assertThat(server.log(run, "0/0"))
                .isEqualTo("%s\nfirst line\nlast line\n".formatted(workspace));
        assertThat(containers()).isEmpty();
    }

    @Test
    @Tag("R48")
    void whatTheJournalKnowsNothingOfIsRemovedWhenTheServerStarts() throws Exception {
        String run = begin(waiting());
        var _ = begun(run);
        server.kill();
        String unknown = containers().getFirst();
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            Path journal =
                    files.filter(file -> file.endsWith("attempts")).findFirst().orElseThrow();
            Files.move(journal, folder.resolve("lost-journal"));
        }
        restart();
        // The step itself is given out anew, since its node knows nothing of it
        assertThat(containers()).doesNotContain(unknown);
        server.cancel(run);
        assertThat(server.awaitEnd(run, PATIENCE)).isEqualTo("cancelled");
        assertThat(containers()).isEmpty();
    }

    @Test
    void aCancelledRunLeavesNoContainer() throws Exception {
        String run = begin(waiting());
        var _ = begun(run);
        server.cancel(run);
        assertThat(server.awaitEnd(run, PATIENCE)).isEqualTo("cancelled");
        assertThat(containers()).isEmpty();
    }
}
