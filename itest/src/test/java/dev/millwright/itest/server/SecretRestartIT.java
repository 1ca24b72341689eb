package dev.millwright.itest.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.host.PluginBuilder;
import dev.millwright.host.use.Point;
import dev.millwright.itest.system.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A step that knows a secret goes on while its server is killed and comes back.
@Timeout(300)
@Tag("S1.12")
class SecretRestartIT {
    private static final String VALUE = "tr0ub4dor&3";
    private static final String STORE =
            """
            package sample;
            import dev.millwright.plugin.secret.*;
            import dev.millwright.plugin.Secret;
            import java.io.IOException;
            import java.nio.file.*;
            public final class Folder implements SecretStore<Folder.Settings> {
                public record Settings(Path folder) {}
                public String kind() { return "folder"; }
                public Class<Settings> configuration() { return Settings.class; }
                public SecretLookup find(SecretName name, Settings store) {
                    try {
                        return new SecretLookup.Found(
                                Secret.of(Files.readString(store.folder().resolve(name.path()))));
                    } catch (IOException missing) {
                        return new SecretLookup.Missing();
                    }
                }
            }
            """;

    @TempDir Path folder;

    @BeforeEach
    void install() throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("data/plugins"));
        var _ =
                PluginBuilder.of(folder, "folder-secrets", "1.0.0")
                        .extension(Point.SECRET_STORE, STORE)
                        .jar(plugins.resolve("folder-secrets.jar"));
        Files.createDirectories(folder.resolve("store"));
        Files.writeString(folder.resolve("store/token"), VALUE);
    }

    @Test
    void whatItTellsAfterwardsIsMaskedAndNoFileHoldsTheValue() throws Exception {
        String run;
        try (ServerProcess server = ServerProcess.start(folder, Map.of())) {
            server.apply(
                    """
                    kind: SecretStore
                    metadata: {name: nexus}
                    spec: {type: folder, with: {folder: "FOLDER/store"}}
                    ---
                    kind: Pipeline
                    metadata: {name: web}
                    spec:
                      steps:
                        - commands:
                            - 'echo "before $TOKEN"; touch "$GO.began"; until [ -e "$GO" ]; do sleep 0.1; done'
                            - 'echo "after $TOKEN"; echo "it=$TOKEN" >> "$MILLWRIGHT_OUTPUT"'
                          environment:
                            TOKEN: {from_secret: nexus/token}
                            GO: "FOLDER/go"
                    """
                            .replace("FOLDER", folder.toString()));
            run = server.deliver("web", "1");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.exists(folder.resolve("go.began")));
            server.kill();
        }
        // What it tells while nobody listens has to be masked, too
        Files.createFile(folder.resolve("go"));
        try (ServerProcess server = ServerProcess.start(folder, Map.of())) {
            assertThat(server.awaitEnd(run)).isEqualTo("success");
            assertThat(server.log(run, "0/0"))
                    .contains("before ***********", "after ***********")
                    .doesNotContain(VALUE);
            assertThat(server.get("/api/v1/runs/" + run + "/steps").toString())
                    .contains("***********")
                    .doesNotContain(VALUE);
            assertThat(holders()).isEmpty();
        }
        assertThat(holders()).as("after the server has gone").isEmpty();
    }

    /// Files that hold the value; the journal of the node is empty again once a run has ended.
    private List<Path> holders() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            return files.filter(Files::isRegularFile).filter(SecretRestartIT::holdsValue).toList();
        }
    }

    private static boolean holdsValue(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(VALUE);
        } catch (IOException gone) {
            return false;
        }
    }
}
