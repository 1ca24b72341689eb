package dev.millwright.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millwright.host.call.HostedRunner;
import dev.millwright.plugin.Secret;
import dev.millwright.plugin.runner.RunnerException;
import dev.millwright.testkit.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Images of a real registry that wants to know who fetches them.
final class RegistryIT extends RunnerFixture {
    /// bcrypt of what a secret `REGISTRY` is in tests.
    private static final String USERS =
            "ci:$2b$05$YEqVeZoju08T.LxrROLjzu7onaDTC5Ci8sZGOUuEav6mLYxU3kS1K\n";

    private Process registry;
    private String address;
    private String image;

    @BeforeEach
    void startRegistry() throws Exception {
        EnginePrograms.install(List.of("docker-registry"), List.of("docker-registry"));
        int port = Ports.free();
        address = "127.0.0.1:" + port;
        image = address + "/ci/tiny:1";
        Path users = Files.writeString(folder.resolve("users"), USERS);
        Path config =
                Files.writeString(
                        folder.resolve("registry.yml"),
                        """
                        version: 0.1
                        log: {level: error}
                        storage: {filesystem: {rootdirectory: "%s"}}
                        http: {addr: "%s"}
                        auth: {htpasswd: {realm: test, path: "%s"}}
                        """
                                .formatted(folder.resolve("images"), address, users));
        ProcessBuilder builder =
                new ProcessBuilder(
                        EnginePrograms.at("docker-registry").toString(),
                        "serve",
                        config.toString());
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
        registry = builder.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> !registry.isAlive() || listens(port));
        push("one");
    }

    private static boolean listens(int port) {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /// Put an image there that says that word, and let the engine forget it.
    private void push(String word) throws IOException {
        String config = "--config=" + folder.resolve("docker");
        Path archive = folder.resolve("image.tar");
        String container = engine().docker("create", ContainerEngine.IMAGE, "true");
        var _ = engine().docker("export", "-o", archive.toString(), container);
        var _ = engine().docker("rm", container);
        var _ =
                engine().docker(
                                "import",
                                "--change",
                                "CMD [\"echo\", \"%s\"]".formatted(word),
                                archive.toString(),
                                image);
        var _ = engine().docker(config, "login", "-u", "ci", "-p", "secret-REGISTRY", address);
        var _ = engine().docker(config, "push", image);
        var _ = engine().docker("rmi", image);
        Files.delete(archive);
    }

    @AfterEach
    void stopRegistry() throws InterruptedException {
        registry.destroyForcibly();
        var _ = registry.waitFor();
    }

    private String credentials() {
        return "registries: [{address: '%s', username: ci, password: '${env:REGISTRY}'}]"
                .formatted(address);
    }

    @Test
    void anImageIsFetchedWithTheCredentialsOfTheMachineAndAsOftenAsTheStepSays() throws Exception {
        var runner = runner(credentials());
        assertThat(output(runner, Map.of("image", image))).isEqualTo("one\n");
        var _ = engine().docker("tag", image, address + "/ci/old:1");
        push("two");
        // Here is an image of that name, and there is a newer one
        var _ = engine().docker("tag", address + "/ci/old:1", image);
        assertThat(output(runner, Map.of("image", image))).isEqualTo("one\n");
        assertThat(output(runner, Map.of("image", image, "pull", "always"))).isEqualTo("two\n");
    }

    @Test
    void aStepBringsCredentialsOfItsOwn() throws Exception {
        Map<String, Object> step =
                Map.of(
                        "image",
                        image,
                        "registries",
                        List.of(
                                Map.of(
                                        "address",
                                        address,
                                        "username",
                                        "ci",
                                        "password",
                                        Map.of("from_secret", "nexus/registry#password"))));
        Map<String, Secret> known =
                Map.of("${secret:nexus/registry#password}", Secret.of("secret-REGISTRY"));
        var runner = ((HostedRunner) runner()).knowing(known);
        assertThat(output(runner, step)).isEqualTo("one\n");
    }

    @Test
    void withoutThemTheRegistrysRefusalIsTold() {
        assertThatThrownBy(() -> start(runner(), order(Map.of("image", image))))
                .isInstanceOf(RunnerException.class)
                .hasMessageContaining("image '%s' cannot be fetched: ".formatted(image))
                .hasMessageContaining("no basic auth credentials");
    }
}
