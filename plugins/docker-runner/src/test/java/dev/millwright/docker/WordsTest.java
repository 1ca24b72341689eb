package dev.millwright.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.docker.engine.EngineAddress;
import dev.millwright.docker.engine.EngineAwayException;
import dev.millwright.docker.settings.Sizes;
import dev.millwright.docker.settings.Volume;
import dev.millwright.plugin.PluginException;
import dev.millwright.plugin.runner.RunnerException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The words of users that mean something else to the engine.
final class WordsTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "5b, 5",
        "64k, 65536",
        "512m, 536870912",
        "2g, 2147483648",
        "2GiB, 2147483648"
    })
    void sizesAreBytes(String text, long bytes) {
        assertThat(Sizes.parse("memory", text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "m", "1.5g", "lots", "1 g", "99999999999999"})
    void whatIsNoSizeIsTold(String text) {
        assertThatThrownBy(() -> Sizes.parse("memory", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'memory' is a size such as 512m or 2g, not '%s'".formatted(text));
    }

    @ParameterizedTest
    @CsvSource({
        "alpine, alpine:latest, docker.io",
        "library/alpine:3, library/alpine:3, docker.io",
        "ghcr.io/a/b, ghcr.io/a/b:latest, ghcr.io",
        "localhost:5000/a, localhost:5000/a:latest, localhost:5000",
        "a@sha256:00, a@sha256:00, docker.io",
    })
    void imagesHaveATagAndARegistry(String image, String tagged, String registry) {
        assertThat(Images.tagged(image)).isEqualTo(tagged);
        assertThat(Images.registry(image)).isEqualTo(registry);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a:b", ":/b", "/a:/b:x", "/a:/b:ro:z"})
    void whatIsNoVolumeIsTold(String text) {
        assertThatThrownBy(() -> Volume.parse(text)).isInstanceOf(RunnerException.class);
    }

    @Test
    void volumesHaveASourceATargetAndAMode() {
        assertThat(Volume.parse("/a:/b")).isEqualTo(new Volume("/a", "/b", false));
        assertThat(Volume.parse("cache:/b:ro")).isEqualTo(new Volume("cache", "/b", true));
        assertThat(Volume.parse("cache:/b:ro").isFolder()).isFalse();
        assertThat(Volume.parse("./a:/b:rw").isFolder()).isTrue();
    }

    @Test
    void theEngineIsWhereTheAdministratorSaysElseTheEnvironmentElseAUsualSocket(
            @TempDir Path folder) throws Exception {
        Map<String, String> environment = Map.of("DOCKER_HOST", "tcp://10.0.0.1:2375");
        assertThat(new EngineAddress(Optional.of("/x/y.sock"), environment).find())
                .hasToString("unix:///x/y.sock");
        assertThat(new EngineAddress(Optional.empty(), environment).find())
                .hasToString("tcp://10.0.0.1:2375");
        Path socket = Files.createDirectories(folder.resolve("podman")).resolve("podman.sock");
        Files.createFile(socket);
        EngineAddress usual =
                new EngineAddress(Optional.empty(), Map.of("XDG_RUNTIME_DIR", folder.toString()));
        if (!Files.exists(Path.of("/var/run/docker.sock"))
                && !Files.exists(Path.of("/run/podman/podman.sock"))) {
            assertThat(usual.find()).hasToString("unix://" + socket);
            Files.delete(socket);
            assertThatThrownBy(usual::find)
                    .isInstanceOf(EngineAwayException.class)
                    .hasMessageContaining("no container engine is on this node")
                    .hasMessageContaining(socket.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker", "http://x", "tcp://x", "unix://", "ssh://a@b"})
    void whatIsNoAddressOfAnEngineIsTold(String text) {
        assertThatThrownBy(() -> EngineAddress.parsed(text))
                .isInstanceOf(PluginException.class)
                .hasMessageContaining("is no address of a container engine");
    }
}
