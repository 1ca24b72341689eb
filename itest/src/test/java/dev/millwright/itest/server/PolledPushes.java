package dev.millwright.itest.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.itest.system.CrashHook;
import dev.millwright.itest.system.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A server with the built plugin `git-poll`, which no forge tells anything: each commit that is
/// pushed is run once, also when the server is killed between finding and storing it, after storing
/// it, or while a push comes and nobody looks.
///
/// What was really run is read from a file that the steps append to.
abstract class PolledPushes {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private PushedRepository repository;

    /// The settings of an empty database.
    abstract Map<String, String> database();

    @BeforeEach
    void prepare() throws Exception {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        Files.copy(BuiltPlugins.find("git-poll"), plugins.resolve("git-poll.jar"));
        Files.writeString(
                plugins.resolve("git-poll.yaml"),
                "schemes: [https, ssh, http]\nhosts: [127.0.0.1]\n");
        environment.putAll(database());
        environment.put("MILLWRIGHT_PLUGINS_DIRECTORY", plugins.toString());
        environment.put(CrashHook.VARIABLE, crash().toString());
        repository =
                PushedRepository.create(
                        folder,
                        "steps: [{name: tell, commands: ['echo \"$GIT_COMMIT\" >> \"%s\"']}]\n"
                                .formatted(truth()));
    }

    @AfterEach
    void stop() {
        repository.close();
    }

    private Path crash() {
        return folder.resolve("crash");
    }

    private Path truth() {
        return folder.resolve("truth");
    }

    private List<String> told() throws IOException {
        return Files.exists(truth()) ? Files.readAllLines(truth()) : List.of();
    }

    /// Each once. Runs that are under way at the same time end in any order.
    private void awaitTold(List<String> commits) {
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(told()).containsExactlyInAnyOrderElementsOf(commits));
    }

    private static JsonNode poll(ServerProcess server) throws IOException {
        return server.get("/api/v1/polls").at("/items/0");
    }

    @Test
    @Tag("K")
    void everyPushIsRunOnceWhereverTheServerIsKilled() throws Exception {
        List<String> pushed = new ArrayList<>();
        try (ServerProcess first = ServerProcess.start(folder, environment)) {
            first.apply(
                    """
                    apiVersion: v1alpha
                    kind: Pipeline
                    metadata: {name: web}
                    spec:
                      repository: {url: "%s"}
                      polls: [{name: git, type: git, every: 10s}]
                    """
                            .formatted(repository.url()));
            await().atMost(SOON).until(() -> poll(first).has("lookedAt"));
            pushed.add(repository.push());
            awaitTold(pushed);
            Files.writeString(crash(), "K13");
            pushed.add(repository.push());
            first.awaitDeath();
        }
        Files.delete(crash());
        try (ServerProcess second = ServerProcess.start(folder, environment)) {
            awaitTold(pushed);
            Files.writeString(crash(), "K14");
            pushed.add(repository.push());
            second.awaitDeath();
        }
        Files.delete(crash());
        pushed.add(repository.push());
        try (ServerProcess third = ServerProcess.start(folder, environment)) {
            awaitTold(pushed);
            assertThat(poll(third).at("/problem").asString("")).isEmpty();
            assertThat(third.get("/api/v1/runs").at("/items")).hasSize(pushed.size());
            assertThat(third.get("/api/v1/deliveries").at("/items")).hasSize(pushed.size());
        }
    }
}
