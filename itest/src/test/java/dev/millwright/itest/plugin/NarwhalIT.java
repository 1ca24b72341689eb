package dev.millwright.itest.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.docker.ContainerEngine;
import dev.millwright.itest.system.ServerProcess;
import dev.millwright.testkit.BuiltPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server with the plugins for files of other systems and for containers, and a repository that
/// knows nothing of Millwright.
@Timeout(300)
class NarwhalIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir Path folder;

    private final ContainerEngine engine = ContainerEngine.shared();
    private ServerProcess server;
    private SmallRepository repository;

    @BeforeEach
    void startServer() throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("data/plugins"));
        for (String name : new String[] {"docker-runner", "pipeline-formats"}) {
            Path built = BuiltPlugin.find(Path.of("../plugins", name, "target"));
            Files.copy(built, plugins.resolve(name + ".jar"));
        }
        Files.writeString(plugins.resolve("docker-runner.yaml"), "host: " + engine.host());
        // Nothing is pulled: BusyBox stands in for the image that the sample names
        var _ = engine.docker("tag", ContainerEngine.IMAGE, "alpine:3.22");
        repository = SmallRepository.create(folder.resolve("shop.git"));
        server = ServerProcess.start(folder, Map.of());
        server.apply(
                """
                apiVersion: v1alpha
                kind: Pipeline
                metadata: {name: shop}
                spec:
                  webhook: {open: true}
                  repository: {url: "%s", branch: main}
                """
                        .formatted(repository.folder()));
    }

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void theSampleRunsUnchanged() throws Exception {
        Path sample = Path.of("../plugins/pipeline-formats/samples/narwhal.yml");
        var _ = repository.commit("narwhal.yml", Files.readString(sample), "First");

        String run = server.deliver("shop", UUID.randomUUID().toString());

        assertThat(server.awaitEnd(run, PATIENCE)).as(() -> explained(run)).isEqualTo("success");
        assertThat(server.log(run, "0/2")).isEqualTo("good morning, wheel and frame for 10.50\n");
    }

    @Test
    void whatIsWrongIsToldInTheRunWithItsPlaceInTheFile() throws Exception {
        String file =
                """
                steps:
                  - name: build
                    command: make
                  - name: test
                    dependencies: [biuld]
                    command: make test
                """;
        var _ = repository.commit("narwhal.yml", file, "First");

        String run = server.deliver("shop", UUID.randomUUID().toString());

        assertThat(server.awaitEnd(run, PATIENCE)).isEqualTo("error");
        assertThat(server.get("/api/v1/runs/" + run).toString())
                .contains("narwhal.yml:5:20: step 'test': 'dependencies' names 'biuld'")
                .contains("did you mean 'build'?");
    }

    private String explained(String run) {
        try {
            return server.get("/api/v1/runs/" + run).toPrettyString()
                    + server.get("/api/v1/runs/" + run + "/steps").toPrettyString();
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
